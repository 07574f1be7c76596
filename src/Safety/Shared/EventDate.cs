using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Safety.Shared;

/// <summary>Reads and checks the dates that Safety's forms have in common.</summary>
internal static class EventDate
{
    /// <summary>Date of the first infusion; null before it, or when nothing is known of the participant.</summary>
    public static DateOnly? InfusionOf(FormContext context) => CivilDate.Find(context.Facts?.InfusionDate ?? "");

    /// <summary>The days that the participant's death can have been on; null while none is recorded.</summary>
    public static (DateOnly Earliest, DateOnly Latest)? DeathOf(FormContext context) =>
        context.Others.Select(other => other.Form).OfType<Death>().FirstOrDefault() is { } death ? CivilDate.FindPartial(death.DeathDate) : null;

    /// <summary>E01, E25 and E29: something that happened on a day that has not come, after the death, or after collection ended.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="date">The earliest day that it can have been; null when it is not there.</param>
    public static IEnumerable<Finding?> Checks(FormContext context, string field, DateOnly? date)
    {
        yield return Check.NotInFuture(context, field, date);
        yield return Check.BeforeWithdrawal(context, field, date);
        yield return BeforeDeath(context, field, date);
    }

    /// <summary>E25: something that is dated after the death.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="date">The earliest day that it can have been; null when it is not there.</param>
    public static Finding? BeforeDeath(FormContext context, string field, DateOnly? date) =>
        date > DeathOf(context)?.Latest ? Check.Hard("E25", field, "Record is dated after death. Correct one of the two.", "记录日期晚于死亡日期，请更正。") : null;

    /// <summary>F03: a partial date in another format, or not on the calendar.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">The date as sent; empty when it is not there.</param>
    /// <param name="span">The days that it can mean; null when it is empty or wrong.</param>
    public static Finding? Partial(string field, string text, out (DateOnly Earliest, DateOnly Latest)? span)
    {
        span = text.Length == 0 ? null : CivilDate.FindPartial(text);
        return text.Length == 0 || span is not null
            ? null
            : Check.Hard("F03", field, "Write the date as yyyy-MM-dd, or yyyy-MM or yyyy when the rest is not known.", "日期格式应为yyyy-MM-dd，日期不详时为yyyy-MM或yyyy。");
    }

    /// <summary>F03: an instant on another day than the date says.</summary>
    /// <param name="field">Field of the instant.</param>
    /// <param name="time">The instant; null when it is not there.</param>
    /// <param name="dateField">Field of the date.</param>
    /// <param name="span">The days that the date can mean; null when it is not there.</param>
    public static Finding? OnDay(string field, Timestamp? time, string dateField, (DateOnly Earliest, DateOnly Latest)? span) =>
        CivilDate.FindInChina(time) is { } day && (span is not { } days || day < days.Earliest || day > days.Latest)
            ? Check.Hard("F03", field, $"This instant must fall on {dateField} (UTC+8).", $"该时间应在{dateField}当日（北京时间）。")
            : null;
}
