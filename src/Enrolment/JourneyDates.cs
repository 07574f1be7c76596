using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment;

/// <summary>What every dated event on the way to the infusion and after it is checked for.</summary>
internal static class JourneyDates
{
    /// <summary>E01: in the future. E29: after a withdrawal. E25: after a death that a follow-up tells. E03: of a prospective record, before consent.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">Field of the date.</param>
    /// <param name="date">The date; null when it is not there.</param>
    public static IEnumerable<Finding?> OnTime(FormContext context, string field, DateOnly? date)
    {
        yield return Check.NotInFuture(context, field, date);
        yield return Check.BeforeWithdrawal(context, field, date);
        yield return date > CivilDate.Find(context.Facts?.DeathDate ?? "") ? AfterDeath(field) : null;
        yield return context.Origin == DataOrigin.Prospective && date < CivilDate.Find(context.Facts?.ConsentDate ?? "")
            ? Check.Hard("E03", field, $"{field} is dated before consent.", $"{field}日期早于知情同意日期。")
            : null;
    }

    /// <summary>E25.</summary>
    /// <param name="field">Field of the date.</param>
    public static Finding AfterDeath(string field) => Check.Hard("E25", field, "Record is dated after death.", "记录日期晚于死亡日期。");

    /// <summary>A finding that is hard for a prospective record and a question for one from an archive.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="code">Code of the check.</param>
    /// <param name="field">The field.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="messageZh">The same in Chinese.</param>
    public static Finding HardIfProspective(FormContext context, string code, string field, string message, string messageZh) =>
        context.Origin == DataOrigin.Prospective ? Check.Hard(code, field, message, messageZh) : Check.Query(code, field, message, messageZh);
}
