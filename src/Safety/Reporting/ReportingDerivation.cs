using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;

namespace Equecel.Safety.Reporting;

/// <summary>Derives a reporting clock for each adverse event that needs or needed reporting.</summary>
internal static class ReportingDerivation
{
    private static readonly TimeSpan EntryWithin = TimeSpan.FromHours(24);

    /// <summary>Derives by the rules of the study.</summary>
    /// <param name="rules">The rules.</param>
    public static Func<ParticipantFacts, IReadOnlyList<CurrentRecord>, IEnumerable<DerivedForm>> By(ReportingRules rules) =>
        (_, records) => records.Where(record => record.Form is AdverseEvent)
            .Select(record => (record, Clock: Clock(record, rules)))
            .Where(one => one.Clock.Timers.Count > 0)
            .Select(one => new DerivedForm(one.record.RecordId, one.Clock, [.. LateEntry(one.record)]));

    /// <summary>S24: a serious event that was entered more than 24 hours after the site learnt of it.</summary>
    /// <param name="record">The event.</param>
    public static IEnumerable<Finding> LateEntry(CurrentRecord record)
    {
        var versions = Versions(record);
        var firstSerious = versions.Index().FirstOrDefault(version => version.Item.IsSerious);
        if (firstSerious.Item is not { IsProspective: true } entered || !versions[^1].IsSerious || versions[^1].Form.LateEntryReason.Length > 0
            || record.Missing.ContainsKey("late_entry_reason"))
        {
            return [];
        }

        // Of an event that became serious later, it is the change that was learnt.
        var awareness = firstSerious.Index == 0 ? versions[^1].Form.AwarenessTime : entered.Form.ChangeAwarenessTime;
        return awareness is not null && entered.Version.SaveTime - awareness.ToDateTimeOffset() > EntryWithin
            ?
            [
                Check.Query("S24", "awareness_time", "SAE entered later than 24 h after awareness; give reason.", "SAE录入超过获知24小时，请说明原因。"),
            ]
            : [];
    }

    private static ReportingClock Clock(CurrentRecord record, ReportingRules rules) => new()
    {
        AdverseEventRecordId = record.RecordId,
        RuleSet = rules.Name,
        Timers = { ReportingTimers.Compute(Versions(record), rules) },
    };

    private static List<ReportableVersion> Versions(CurrentRecord record) =>
        [.. record.Versions.Where(version => version.Counts).Select(version => new ReportableVersion(version, (AdverseEvent)version.Form))];
}
