using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of who learnt of an adverse event when, and what was reported.</summary>
internal static class ReportChecks
{
    private const int Most = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form, FormContext context)
    {
        yield return form is { HasSerious: true, Serious: true } ? Check.Required(context, "awareness_time", form.AwarenessTime is not null) : null;
        yield return Check.Text("late_entry_reason", form.LateEntryReason, 500);
        foreach (var (field, time) in new[]
        {
            ("awareness_time", form.AwarenessTime), ("sponsor_awareness_time", form.SponsorAwarenessTime), ("change_awareness_time", form.ChangeAwarenessTime),
        })
        {
            yield return Check.NotInFuture(context, field, CivilDate.FindInChina(time));
        }

        yield return IsBeforeOnset(form)
            ? Check.Hard("S25", "awareness_time", "Awareness cannot precede onset.", "获知日期不能早于发生日期。")
            : null;
        yield return form.AwarenessTime is { } site && form.SponsorAwarenessTime is { } sponsor && sponsor < site
            ? Check.Hard("S25", "sponsor_awareness_time", "The sponsor cannot know before the site does.", "申办方获知时间不能早于研究中心获知时间。")
            : null;
        foreach (var finding in form.Reports.Take(Most).Index().SelectMany(report => Report(report.Item, $"reports[{report.Index}].", form.AwarenessTime, context)))
        {
            yield return finding;
        }

        yield return Check.Count("reports", form.Reports, Most);
    }

    private static IEnumerable<Finding?> Report(SubmittedReport report, string path, Timestamp? awareness, FormContext context)
    {
        yield return Check.Needed(path + "rules", report.Rules.Count > 0);
        yield return Lists.EachOnce(path + "rules", report.Rules);
        yield return Check.Needed(path + "submit_time", report.SubmitTime is not null);
        yield return Check.NotInFuture(context, path + "submit_time", CivilDate.FindInChina(report.SubmitTime));
        yield return report.SubmitTime is { } submitted && awareness is { } known && submitted < known
            ? Check.Hard("S25", path + "submit_time", "A report cannot precede awareness.", "报告时间不能早于获知时间。")
            : null;
        yield return Check.Text(path + "recipient", report.Recipient, 200);
        yield return Check.Text(path + "reference", report.Reference, 100);
    }

    private static bool IsBeforeOnset(AdverseEvent form) =>
        CivilDate.FindInChina(form.AwarenessTime) < CivilDate.FindPartial(form.OnsetDate)?.Earliest
        || (form.AwarenessTime is { } known && form.OnsetTime is { } began && known < began);
}
