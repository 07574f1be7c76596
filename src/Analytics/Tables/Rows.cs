using Equecel.Common.V1;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables;

/// <summary>Rows that many tables have.</summary>
internal static class Rows
{
    /// <summary>A heading without numbers.</summary>
    public static RowDefinition Heading(string key, string label, string labelZh) => new(key, label, labelZh, Measure.Unspecified, "");

    /// <summary>Participants, as a percentage.</summary>
    public static RowDefinition Share(string key, string label, string labelZh, int level = 0) => new(key, label, labelZh, Level: level);

    /// <summary>Participants, as a percentage of those of whom the answer is known.</summary>
    public static RowDefinition ShareOfKnown(string key, string label, string labelZh, int level = 0) => Share(key, label, labelZh, level) with { IsOfKnown = true };

    /// <summary>Things, as a percentage of other things.</summary>
    public static RowDefinition ShareOfThings(string key, string label, string labelZh, int level = 0) =>
        new(key, label, labelZh, Measure.ShareOfThings, Level: level);

    /// <summary>A number of things.</summary>
    public static RowDefinition Count(string key, string label, string labelZh, int level = 0) => new(key, label, labelZh, Measure.Count, "", level);

    /// <summary>A distribution.</summary>
    public static RowDefinition Summary(string key, string label, string labelZh, string unit, int level = 0) =>
        new(key, label, labelZh, Measure.Summary, unit, level);

    /// <summary>Defines a heading and a row for each answer below it.</summary>
    /// <param name="sheet">The table.</param>
    /// <param name="heading">The heading; its key begins those of the rows.</param>
    /// <param name="answers">The answers: key, label, label in Chinese.</param>
    public static void Define(Sheet sheet, RowDefinition heading, IEnumerable<(string Key, string Label, string LabelZh)> answers)
    {
        sheet.Row(heading);
        foreach (var (key, label, labelZh) in answers)
        {
            sheet.Row(Share($"{heading.Key}/{key}", label, labelZh, 1));
        }
    }

    /// <summary>The three answers of a question, for a heading.</summary>
    public static IReadOnlyList<(string Key, string Label, string LabelZh)> YesNo { get; } =
        [("yes", "Yes", "是"), ("no", "No", "否"), ("unknown", "Unknown", "不详")];

    /// <summary>Key of an answer.</summary>
    /// <param name="answer">The answer.</param>
    public static string Key(YesNoUnknown answer) => answer switch
    {
        YesNoUnknown.Yes => "yes",
        YesNoUnknown.No => "no",
        _ => "unknown",
    };
}
