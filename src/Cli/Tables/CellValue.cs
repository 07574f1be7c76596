using System.Globalization;
using System.Text.RegularExpressions;
using Equecel.Cli.Common;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Tables;

/// <summary>A field's value as the text of a cell, and back. The field's type alone decides how.</summary>
internal static partial class CellValue
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a cell.</summary>
    /// <param name="field">The field; of a list, the field of one element.</param>
    /// <param name="cell">The text, neither empty nor with blanks around it.</param>
    /// <param name="fault">What is wrong; null when the value is good.</param>
    /// <returns>The value as the field takes it; null when there is a fault.</returns>
    public static object? Read(FieldDescriptor field, string cell, out Finding? fault)
    {
        object? value = field.FieldType switch
        {
            FieldType.String => IsDate(field) ? IsoDate(cell) : MissingCell.Unescape(cell),
            FieldType.Double => Number(cell),
            FieldType.Float => Number(cell) is { } number ? (float)number : null,
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Parsed<int>(cell),
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Parsed<long>(cell),
            FieldType.UInt32 or FieldType.Fixed32 => Parsed<uint>(cell),
            FieldType.UInt64 or FieldType.Fixed64 => Parsed<ulong>(cell),
            FieldType.Bool => YesNo(cell),
            FieldType.Enum => Choice(field.EnumType, cell),
            FieldType.Message => Instant(cell),
            FieldType.Bytes => Bytes(cell),
            _ => throw new NotSupportedException($"{field.FullName} is of a type that fits into no cell."),
        };
        fault = value is null ? FaultOf(field, cell) : null;
        return value;
    }

    /// <summary>Writes a value as <see cref="Read"/> reads it.</summary>
    public static string Write(FieldDescriptor field, object value) => field.FieldType switch
    {
        FieldType.String => IsDate(field) ? (string)value : MissingCell.Escape((string)value),
        FieldType.Bool => (bool)value ? "true" : "false",
        FieldType.Enum => field.EnumType.FindValueByNumber((int)value) is { } choice ? ChoiceName(choice) : $"{(int)value}",
        FieldType.Message => ((Timestamp)value).ToDateTimeOffset().ToOffset(China).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        FieldType.Bytes => ((ByteString)value).ToBase64(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Takes a list's cell apart: elements between semicolons; <c>\;</c> is a semicolon in an element, <c>\\</c> a backslash.</summary>
    public static IEnumerable<string> Split(string cell) =>
        Element().Matches(cell).Select(match => Escaped().Replace(match.Value, "$1").Trim()).Where(element => element.Length > 0);

    /// <summary>Puts a list's cell together.</summary>
    public static string Join(IEnumerable<string> elements) =>
        string.Join(';', elements.Select(element => element.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)));

    /// <summary>An enum's value without the enum's name: <c>WRITTEN</c>.</summary>
    public static string ChoiceName(EnumValueDescriptor choice) => choice.Name[Prefix(choice.EnumDescriptor).Length..];

    /// <summary>The values that can be written; not set is an empty cell.</summary>
    public static IEnumerable<EnumValueDescriptor> Choices(EnumDescriptor type) => type.Values.Where(value => value.Number != 0);

    /// <summary>Whether a text field is a civil date or month, by its name.</summary>
    public static bool IsDate(FieldDescriptor field) =>
        field.FieldType == FieldType.String && (field.Name.EndsWith("_date", StringComparison.Ordinal) || field.Name.EndsWith("_month", StringComparison.Ordinal));

    private static string Prefix(EnumDescriptor type)
    {
        const string unset = "UNSPECIFIED";
        var zero = type.FindValueByNumber(0)?.Name ?? "";
        return zero.EndsWith(unset, StringComparison.Ordinal) ? zero[..^unset.Length] : "";
    }

    private static Finding FaultOf(FieldDescriptor field, string cell) => field.FieldType switch
    {
        FieldType.Double or FieldType.Float => CellFault.Number(cell),
        FieldType.Bool => CellFault.YesNo(cell),
        FieldType.Message => CellFault.Instant(cell),
        FieldType.Enum => CellFault.Choice(
            cell, NearestName.Find(cell, Choices(field.EnumType).Select(ChoiceName)), string.Join(", ", Choices(field.EnumType).Select(ChoiceName))),
        _ => CellFault.WholeNumber(cell),
    };

    // A spreadsheet writes a date that it took for one of its own with slashes and without zeros.
    private static string IsoDate(string cell)
    {
        var match = Date().Match(cell);
        if (!match.Success)
        {
            return cell;
        }

        var month = $"{match.Groups[1].Value}-{match.Groups[2].Value.PadLeft(2, '0')}";
        return match.Groups[3].Success ? $"{month}-{match.Groups[3].Value.PadLeft(2, '0')}" : month;
    }

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private static T? Parsed<T>(string cell)
        where T : struct, System.Numerics.IBinaryInteger<T> =>
        T.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? YesNo(string cell) => cell.ToUpperInvariant() switch
    {
        "TRUE" or "YES" => true,
        "FALSE" or "NO" => false,
        _ => null,
    };

    private static object? Choice(EnumDescriptor type, string cell)
    {
        var name = cell.ToUpperInvariant().Replace(' ', '_').Replace('-', '_');
        var choice = type.FindValueByName(Prefix(type) + name) ?? type.FindValueByName(name);
        return choice is { Number: not 0 } ? System.Enum.ToObject(type.ClrType, choice.Number) : null;
    }

    private static Timestamp? Instant(string cell)
    {
        var text = cell.Length > 10 && cell[10] == ' ' ? $"{cell[..10]}T{cell[11..]}" : cell;
        return Offset().IsMatch(text)
            && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToTimestamp()
            : null;
    }

    private static ByteString? Bytes(string cell)
    {
        var bytes = new byte[cell.Length];
        return Convert.TryFromBase64String(cell, bytes, out var count) ? ByteString.CopyFrom(bytes, 0, count) : null;
    }

    [GeneratedRegex(@"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?:Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Offset();

    [GeneratedRegex(@"(?:[^;\\]|\\.|\\$)+", RegexOptions.Singleline)]
    private static partial Regex Element();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escaped();
}
