using Equecel.Records.Forms;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Reporting;

/// <summary>
/// Computes the duties to report an adverse event from all its versions. A rule that begins to apply opens a timer; one that applies no longer
/// leaves its timers as they are. Another awareness restarts a timer: the old one stays, ended.
/// </summary>
public static class ReportingTimers
{
    /// <summary>Computes the timers, in the order in which they were opened.</summary>
    /// <param name="versions">The versions of the event that count, oldest first.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>The timers; their states say only whether they run, which does not depend on now.</returns>
    public static IReadOnlyList<ReportingTimer> Compute(IReadOnlyList<ReportableVersion> versions, ReportingRules rules)
    {
        var opened = new List<Opened>();
        ReportableVersion? before = null;
        foreach (var version in versions)
        {
            foreach (var terms in rules.Terms.Where(terms => terms.Applies(version)))
            {
                if (before is null)
                {
                    opened.Add(new Opened(terms, Awareness(terms, version) ?? version.Version.SaveTime, version, FromAwareness: true));
                }
                else if (!terms.Applies(before))
                {
                    var learnt = version.Form.ChangeAwarenessTime?.ToDateTimeOffset() ?? version.Version.SaveTime;
                    opened.Add(new Opened(terms, learnt, version, FromAwareness: false));
                }
                else
                {
                    Restart(opened, terms, version);
                }
            }

            if (before is not null && rules.NewInformation is { } news && IsNews(before, version, news, rules, opened))
            {
                opened.Add(new Opened(news, version.Version.SaveTime, version, FromAwareness: false));
            }

            before = version;
        }

        return before is null ? [] : [.. opened.Select(timer => timer.ToV1(before.Form.Reports))];
    }

    /// <summary>A timer as it stands at an instant.</summary>
    /// <param name="timer">The timer, as it is stored.</param>
    /// <param name="now">The instant.</param>
    /// <returns>Its state: due soon within 48 hours, overdue from the due time on.</returns>
    public static ReportingTimerState StateOf(ReportingTimer timer, DateTimeOffset now) =>
        timer.State == ReportingTimerState.Closed ? ReportingTimerState.Closed
        : NextDueTime(timer) <= now ? ReportingTimerState.Overdue
        : NextDueTime(timer) <= now.AddHours(48) ? ReportingTimerState.DueSoon
        : ReportingTimerState.Open;

    /// <summary>When the next thing is due: the report, or its completion once that was submitted.</summary>
    /// <param name="timer">The timer.</param>
    public static DateTimeOffset NextDueTime(ReportingTimer timer) =>
        (timer is { SubmitTime: not null, FollowUpDueTime: { } completion } ? completion : timer.DueTime).ToDateTimeOffset();

    private static DateTimeOffset? Awareness(ReportingTerms terms, ReportableVersion version) =>
        (terms.IsSites ? version.Form.AwarenessTime : version.Form.SponsorAwarenessTime)?.ToDateTimeOffset();

    private static void Restart(List<Opened> opened, ReportingTerms terms, ReportableVersion version)
    {
        // Only what counts from an awareness restarts with it.
        if (opened.FindLast(timer => timer.Terms == terms) is not { FromAwareness: true } current)
        {
            return;
        }

        var start = Awareness(terms, version) ?? current.By.Version.SaveTime;
        if (start != current.Start)
        {
            current.RestartedAt = version.Version.SaveTime;
            current.ReportsThen = version.Form.Reports;
            opened.Add(new Opened(terms, start, version, FromAwareness: true));
        }
    }

    private static bool IsNews(
        ReportableVersion before, ReportableVersion version, ReportingTerms news, ReportingRules rules, List<Opened> opened) =>
        news.Applies(before) && news.Applies(version) && !opened.Exists(timer => timer.By == version)
        && version.Form.Reports.Any(report => report.SubmitTime is not null && report.SubmitTime.ToDateTimeOffset() <= version.Version.SaveTime
            && report.Rules.Any(rule => rules.Terms.Any(terms => terms.Rule == rule && !terms.IsSites)))
        && !Told(before.Form).Equals(Told(version.Form));

    /// <summary>What a report tells of an event: all but its own administration.</summary>
    private static AdverseEvent Told(AdverseEvent form)
    {
        var told = form.Clone();
        told.Reports.Clear();
        told.HospitalStayRecordIds.Clear();
        (told.AwarenessTime, told.SponsorAwarenessTime, told.ChangeAwarenessTime) = (null, null, null);
        told.ClearLateEntryReason();
        told.ClearOverrideReason();
        told.ClearCaseNumber();
        return told;
    }

    private sealed record Opened(ReportingTerms Terms, DateTimeOffset Start, ReportableVersion By, bool FromAwareness)
    {
        public DateTimeOffset? RestartedAt { get; set; }

        /// <summary>The reports that there were when it was restarted.</summary>
        public IReadOnlyList<SubmittedReport> ReportsThen { get; set; } = [];

        public ReportingTimer ToV1(IReadOnlyList<SubmittedReport> reports)
        {
            var timer = new ReportingTimer
            {
                Rule = Terms.Rule,
                Day0Date = CivilDate.ToWire(DateOnly.FromDateTime(Start.ToOffset(Check.ChinaOffset).DateTime)),
                StartTime = Timestamp.FromDateTimeOffset(Start),
                DueTime = Timestamp.FromDateTimeOffset(Terms.DueTime(Start)),
                FollowUpDueTime = Terms.FollowUpDueTime(Start) is { } completion ? Timestamp.FromDateTimeOffset(completion) : null,
                OpenedByVersion = By.Version.Number,
                State = ReportingTimerState.Open,
            };
            Submit(timer, RestartedAt is null ? reports : ReportsThen);
            if (timer.State == ReportingTimerState.Open && RestartedAt is { } restarted)
            {
                (timer.State, timer.End, timer.EndTime) =
                    (ReportingTimerState.Closed, ReportingTimerEnd.Restarted, Timestamp.FromDateTimeOffset(restarted));
            }

            return timer;
        }

        private void Submit(ReportingTimer timer, IReadOnlyList<SubmittedReport> reports)
        {
            // What was submitted before it was opened was about something else.
            var own = reports.Where(report => report.Rules.Contains(Terms.Rule) && report.SubmitTime?.ToDateTimeOffset() >= Start)
                .OrderBy(report => report.SubmitTime).ToList();
            timer.SubmitTime = own.FirstOrDefault()?.SubmitTime;
            timer.FollowUpSubmitTime = timer.FollowUpDueTime is null ? null : own.Skip(1).FirstOrDefault(report => report.FollowUp)?.SubmitTime;
            if ((timer.FollowUpDueTime is null ? timer.SubmitTime : timer.FollowUpSubmitTime) is { } last)
            {
                (timer.State, timer.End, timer.EndTime) = (ReportingTimerState.Closed, ReportingTimerEnd.Submitted, last);
            }
        }
    }
}
