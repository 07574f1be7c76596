using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using SubmitRecordRequest = Equecel.Safety.V1.SubmitRecordRequest;

namespace Equecel.Safety.Tests;

/// <summary>Forms as a site sends them, with nothing wrong.</summary>
internal static class Form
{
    public static Death Death() => new()
    {
        DeathDate = "2024-06-10",
        PrimaryCause = V1.Death.Types.Cause.ProgressiveDisease,
        CauseText = "Progression",
        Causality = Causality.Unrelated,
        Autopsy = YesNoUnknown.No,
    };

    public static SubmitRecordRequest Submit(string participant, Death? form = null) => new()
    {
        Header = new SubmissionHeader { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = DataOrigin.Prospective },
        Death = form ?? Death(),
    };

    /// <summary>The same form with a change, as an amendment of a record.</summary>
    public static SubmitRecordRequest Amend(SafetyRecord record, Action<SubmitRecordRequest>? change = null)
    {
        var request = Submit(record.Header.Participant, record.Death.Clone());
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        change?.Invoke(request);
        return request;
    }

    public static ParticipantFacts Facts(string participant = "01-0001") => new()
    {
        Participant = participant,
        Site = participant[..2],
        Origin = DataOrigin.Prospective,
        BirthYearMonth = "1960-05",
        EnrolmentDate = "2024-01-11",
        InfusionDate = "2024-03-01",
        LastKnownAliveDate = "2024-06-01",
        Revision = 3,
    };

    /// <summary>What checks are told about a form, on 1 July 2024.</summary>
    public static FormContext Context(DataOrigin origin = DataOrigin.Prospective, ParticipantFacts? facts = null) => new()
    {
        Participant = "01-0001",
        Site = "01",
        Origin = origin,
        Today = new DateOnly(2024, 7, 1),
        Facts = facts ?? Facts(),
    };

    /// <summary>Findings in short: <c>S06? adverse_event_record_id</c> for a query, with an exclamation mark when hard.</summary>
    public static string Brief(this IEnumerable<Finding?> findings) => string.Join(", ", findings.OfType<Finding>()
        .Select(finding => $"{finding.Code}{(finding.Severity == Severity.Hard ? '!' : '?')} {finding.Field}"));
}
