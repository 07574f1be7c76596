using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Enrolment.Tests;

/// <summary>Forms as a site sends them, with nothing wrong.</summary>
internal static class Form
{
    public static Site Site(string code = "01") => new()
    {
        SiteCode = code,
        Name = "First Hospital",
        NameZh = "第一医院",
        ProvinceCode = "11",
        PrincipalInvestigator = "Li Wei",
        EthicsApprovalNumber = "EC-2023-01",
        EthicsApprovalDate = "2023-01-10",
        ActivationDate = "2023-02-01",
        Status = V1.Site.Types.Status.Active,
    };

    public static Participation Participation() => new()
    {
        ConsentType = V1.Participation.Types.ConsentType.Written,
        ConsentVersion = "2.0",
        ConsentDate = "2024-01-10",
        EnrolmentDate = "2024-01-11",
        BirthYearMonth = "1960-05",
        Sex = V1.Participation.Types.Sex.Female,
        HeightCm = 162,
        BodyMassKg = 60,
        Ecog = 1,
    };

    public static Infusion Infusion() => new()
    {
        StartTime = At("2024-03-01T02:00:00Z"),
        EndTime = At("2024-03-01T02:30:00Z"),
        BatchNumber = "B-1",
        DoseMillionCells = 60,
        BodyMassKg = 60,
        Setting = V1.Infusion.Types.Setting.Inpatient,
    };

    public static FollowUp FollowUp(string alive = "2024-06-01") => new()
    {
        Status = V1.FollowUp.Types.Status.Ongoing,
        StatusDate = "2024-06-01",
        LastKnownAliveDate = alive,
        LastContactDate = "2024-06-01",
    };

    public static SubmitRecordRequest Submit(Site form) => new() { Header = Header("", DataOrigin.Prospective), Site = form };

    public static SubmitRecordRequest Submit(string participant, Participation form, DataOrigin origin = DataOrigin.Prospective) =>
        new() { Header = Header(participant, origin), Participation = form };

    public static SubmitRecordRequest Submit(string participant, Infusion form, DataOrigin origin = DataOrigin.Prospective) =>
        new() { Header = Header(participant, origin), Infusion = form };

    public static SubmitRecordRequest Submit(string participant, FollowUp form, DataOrigin origin = DataOrigin.Prospective) =>
        new() { Header = Header(participant, origin), FollowUp = form };

    /// <summary>The same form with a change, as an amendment of a record.</summary>
    public static SubmitRecordRequest Amend(EnrolmentRecord record, Action<SubmitRecordRequest>? change = null)
    {
        var request = new SubmitRecordRequest { Header = Header(record.Header.Participant, record.Header.Origin) };
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        request.Header.Missing.AddRange(record.Missing);
        switch (record.FormCase)
        {
            case EnrolmentRecord.FormOneofCase.Site: request.Site = record.Site.Clone(); break;
            case EnrolmentRecord.FormOneofCase.Participation: request.Participation = record.Participation.Clone(); break;
            case EnrolmentRecord.FormOneofCase.Infusion: request.Infusion = record.Infusion.Clone(); break;
            default: request.FollowUp = record.FollowUp.Clone(); break;
        }

        change?.Invoke(request);
        return request;
    }

    public static Timestamp At(string instant) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(instant));

    /// <summary>What checks are told about a form, on 1 July 2024.</summary>
    public static FormContext Context(
        DataOrigin origin = DataOrigin.Prospective, ParticipantFacts? facts = null, params (string Field, MissingReason Reason)[] missing) => new()
        {
            Participant = "01-0001",
            Site = "01",
            Origin = origin,
            Today = new DateOnly(2024, 7, 1),
            Facts = facts,
            Missing = missing.ToDictionary(value => value.Field, value => value.Reason),
        };

    /// <summary>Findings in short: <c>E05? body_mass_kg</c> for a query, with an exclamation mark when hard.</summary>
    public static string Brief(this IEnumerable<Finding?> findings) => string.Join(", ", findings.OfType<Finding>()
        .Select(finding => $"{finding.Code}{(finding.Severity == Severity.Hard ? '!' : '?')} {finding.Field}"));

    private static SubmissionHeader Header(string participant, DataOrigin origin) =>
        new() { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = origin };
}
