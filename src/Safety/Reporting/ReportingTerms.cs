using Equecel.Records.Forms;
using Equecel.Safety.V1;

namespace Equecel.Safety.Reporting;

/// <summary>When one rule asks for a report, and how soon.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Applies">Whether a version of an event needs it.</param>
/// <param name="Days">Calendar days after day 0; the report is due at the end of the last. Null when it is due within 24 hours.</param>
/// <param name="FollowUpDays">Calendar days after day 0 until the report must be complete; null when nothing more is asked for.</param>
public sealed record ReportingTerms(ReportingRule Rule, Func<ReportableVersion, bool> Applies, int? Days, int? FollowUpDays = null)
{
    /// <summary>Whether the site reports; otherwise the sponsor or the marketing authorisation holder.</summary>
    public bool IsSites => Rule == ReportingRule.C1;

    /// <summary>Before this instant the report must be submitted.</summary>
    /// <param name="start">When it was known.</param>
    public DateTimeOffset DueTime(DateTimeOffset start) => Days is { } days ? EndOfDay(start, days) : start.AddHours(24);

    /// <summary>Before this instant the report must be complete; null when nothing more is asked for.</summary>
    /// <param name="start">When it was known.</param>
    public DateTimeOffset? FollowUpDueTime(DateTimeOffset start) => FollowUpDays is { } days ? EndOfDay(start, days) : null;

    private static DateTimeOffset EndOfDay(DateTimeOffset start, int days)
    {
        var day0 = start.ToOffset(Check.ChinaOffset);
        return new DateTimeOffset(day0.Date, Check.ChinaOffset).AddDays(days + 1).ToUniversalTime();
    }
}
