using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Safety.Shared;

/// <summary>Checks what lists and optional texts have in common.</summary>
internal static class Lists
{
    /// <summary>F04: a list of choices with one that is not set or named twice.</summary>
    /// <typeparam name="T">The choices.</typeparam>
    /// <param name="field">The field.</param>
    /// <param name="values">The list.</param>
    public static Finding? EachOnce<T>(string field, IReadOnlyCollection<T> values)
        where T : struct, Enum =>
        values.Distinct().Count() < values.Count || values.Contains(default)
            ? Check.Hard("F04", field, "Name each once, and nothing that is not set.", "每项只填一次，且不能为空。")
            : null;

    /// <summary>F01: a field inside another one. No reason can be stated for it: an archive may leave it empty.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="given">Whether it has a value.</param>
    public static Finding? InnerRequired(FormContext context, string field, bool given) =>
        context.Origin == DataOrigin.Retrospective ? null : Check.Needed(field, given);

    /// <summary>F01 and F05: a text that one choice needs.</summary>
    /// <param name="field">The field.</param>
    /// <param name="isNeeded">Whether it is needed.</param>
    /// <param name="text">The text; empty when it is not there.</param>
    /// <param name="maxLength">Most characters.</param>
    public static Finding? NeededText(string field, bool isNeeded, string text, int maxLength) =>
        isNeeded && string.IsNullOrWhiteSpace(text) ? Check.Needed(field, given: false) : Check.Text(field, text, maxLength);

    /// <summary>F01 and F02: a dose and its unit.</summary>
    /// <param name="path">Prefix of the fields.</param>
    /// <param name="dose">The dose; null when it is not there.</param>
    /// <param name="unit">The unit; empty when it is not there.</param>
    public static IEnumerable<Finding?> Dose(string path, double? dose, string unit)
    {
        yield return Check.Range(path + "dose", dose, (0.000001m, 1_000_000m));
        yield return NeededText(path + "dose_unit", dose is not null, unit, 30);
    }
}
