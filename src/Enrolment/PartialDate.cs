using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment;

/// <summary>A date of which the day, or the month as well, may not be known: the earliest and the latest day that it can mean.</summary>
/// <param name="Earliest">The earliest day.</param>
/// <param name="Latest">The latest day.</param>
internal readonly record struct PartialDate(DateOnly Earliest, DateOnly Latest)
{
    /// <summary>The day, when it is known.</summary>
    public DateOnly? Day => Earliest == Latest ? Earliest : null;

    /// <summary>Reads one; null when it is empty or wrong.</summary>
    /// <param name="text">The text as sent.</param>
    public static PartialDate? Find(string text) =>
        CivilDate.FindPartial(text) is { } date ? new PartialDate(date.Earliest, date.Latest) : null;

    /// <summary>F03: another format. E01: surely in the future.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">The text as sent; empty when it is not there.</param>
    public static Finding? Check(FormContext context, string field, string text) =>
        text.Length == 0 ? null
        : Find(text) is { } date ? Records.Forms.Check.NotInFuture(context, field, date.Earliest)
        : Records.Forms.Check.Hard("F03", field, "Write yyyy, yyyy-MM or yyyy-MM-dd.", "日期格式应为yyyy、yyyy-MM或yyyy-MM-dd。");

    /// <summary>E10: the end lies surely before the start.</summary>
    /// <param name="field">Field of the end.</param>
    /// <param name="start">The start; null when it is not known.</param>
    /// <param name="end">The end; null when it is not known.</param>
    public static Finding? Order(string field, PartialDate? start, PartialDate? end) => end?.Latest < start?.Earliest
        ? Records.Forms.Check.Hard("E10", field, "End date is before start date.", "结束日期早于开始日期。")
        : null;
}
