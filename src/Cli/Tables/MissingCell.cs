using System.Text.RegularExpressions;
using Equecel.Common.V1;

namespace Equecel.Cli.Tables;

/// <summary>How a cell says that a value is missing, and why: <c>[ND]</c>, <c>[UNK]</c>, <c>[NA]</c>, <c>[NAV]</c>, <c>[REF]</c>.</summary>
/// <remarks>Brackets, because a spreadsheet takes <c>=ND</c> for a formula and <c>#N/A</c> for an error. A text that reads like
/// a reason stands in one more pair of brackets.</remarks>
internal static partial class MissingCell
{
    private static readonly Dictionary<string, MissingReason> ByCode = new()
    {
        ["ND"] = MissingReason.NotDone,
        ["UNK"] = MissingReason.Unknown,
        ["NA"] = MissingReason.NotApplicable,
        ["NAV"] = MissingReason.NotAvailable,
        ["REF"] = MissingReason.Refused,
    };

    /// <summary>The reasons as they are written.</summary>
    public static string Reasons { get; } = string.Join(", ", ByCode.Keys.Select(code => $"[{code}]"));

    /// <summary>How a reason is written.</summary>
    public static string Write(MissingReason reason) => $"[{ByCode.Single(pair => pair.Value == reason).Key}]";

    /// <summary>Whether the cell is meant as a reason.</summary>
    public static bool Is(string cell) => Reason().IsMatch(cell);

    /// <summary>Reads the reason; null when it is none of them.</summary>
    public static MissingReason? Find(string cell) => ByCode.TryGetValue(cell[1..^1].ToUpperInvariant(), out var reason) ? reason : null;

    /// <summary>The text that a cell means.</summary>
    public static string Unescape(string cell) => Escaped().IsMatch(cell) ? cell[1..^1] : cell;

    /// <summary>The cell that means a text.</summary>
    public static string Escape(string text) => Is(text) || Escaped().IsMatch(text) ? $"[{text}]" : text;

    [GeneratedRegex(@"^\[[A-Za-z]{1,5}\]$")]
    private static partial Regex Reason();

    [GeneratedRegex(@"^\[\[+[A-Za-z]{1,5}\]\]+$")]
    private static partial Regex Escaped();
}
