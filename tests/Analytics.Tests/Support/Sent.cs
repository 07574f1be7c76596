using System.Globalization;
using System.Security.Cryptography;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Records as the capture services send them.</summary>
internal static class Sent
{
    /// <summary>When the study's records were saved unless a test says otherwise.</summary>
    public static readonly DateTimeOffset SaveTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static EnrolmentRecord Participation(string participant, DataOrigin origin = DataOrigin.Prospective) =>
        Seal(new EnrolmentRecord { Header = Header(participant, "participation", origin), Participation = new() { EnrolmentDate = "2024-01-01" } });

    public static EnrolmentRecord Infusion(string participant, string date, DataOrigin origin = DataOrigin.Prospective) => Seal(new EnrolmentRecord
    {
        Header = Header(participant, "infusion", origin),
        Infusion = new() { StartTime = DateTimeOffset.Parse($"{date}T10:00+08:00", CultureInfo.InvariantCulture).ToTimestamp() },
    });

    public static EnrolmentRecord FollowUp(string participant, string lastAlive, DataOrigin origin = DataOrigin.Prospective) => Seal(new EnrolmentRecord
    {
        Header = Header(participant, "follow_up", origin),
        FollowUp = new() { Status = Enrolment.V1.FollowUp.Types.Status.Ongoing, StatusDate = lastAlive, LastKnownAliveDate = lastAlive },
    });

    /// <summary>Any other form of enrolment.</summary>
    public static EnrolmentRecord Form(string participant, string kind, Action<EnrolmentRecord> fill, DataOrigin origin = DataOrigin.Prospective)
    {
        var record = new EnrolmentRecord { Header = Header(participant, kind, origin) };
        fill(record);
        return Seal(record);
    }

    public static SafetyRecord Death(string participant, string date, DataOrigin origin = DataOrigin.Prospective) =>
        Seal(new SafetyRecord { Header = Header(participant, "death", origin), Death = new() { DeathDate = date } });

    public static AssessmentRecord Assessment(string participant, string date, Response response, DataOrigin origin = DataOrigin.Prospective) => Seal(new AssessmentRecord
    {
        Header = Header(participant, "disease_assessment", origin),
        DiseaseAssessment = new() { ResponseDate = date, InvestigatorResponse = response },
    });

    public static EnrolmentRecord Therapy(string participant, string date, DataOrigin origin = DataOrigin.Prospective) =>
        Seal(new EnrolmentRecord { Header = Header(participant, "subsequent_therapy", origin), SubsequentTherapy = new() { StartDate = date } });

    public static SafetyRecord AdverseEvent(string participant, AdverseEvent form, DataOrigin origin = DataOrigin.Prospective) =>
        Seal(new SafetyRecord { Header = Header(participant, "adverse_event", origin), AdverseEvent = form });

    public static SafetyRecord Stay(string participant, HospitalStay form, DataOrigin origin = DataOrigin.Prospective) =>
        Seal(new SafetyRecord { Header = Header(participant, "hospital_stay", origin), HospitalStay = form });

    /// <summary>The next version of a record of any service.</summary>
    public static IMessage Next(IMessage record, Action<IMessage, RecordHeader> amend)
    {
        var next = record.Descriptor.Parser.ParseFrom(record.ToByteArray());
        var header = HeaderOf(next);
        header.Version++;
        amend(next, header);
        return Seal(next);
    }

    /// <summary>A question over several services that a capture service has stored.</summary>
    public static EnrolmentRecord Query(string participant, DataQuery.Types.State state) => Seal(new EnrolmentRecord
    {
        Header = Header(participant, "data_query", DataOrigin.Prospective),
        DataQuery = new() { Code = "E26", Field = "status", State = state, AcrossServices = true },
    });

    public static EnrolmentRecord Site(string code) => Seal(new EnrolmentRecord
    {
        Header = new()
        {
            RecordId = $"{Guid.CreateVersion7()}",
            Version = 1,
            Kind = "site",
            Site = code,
            Origin = DataOrigin.Prospective,
            State = RecordState.Active,
            SaveTime = SaveTime.ToTimestamp(),
        },
        Site = new() { SiteCode = code },
    });

    /// <summary>The next version of a record.</summary>
    public static EnrolmentRecord Next(this EnrolmentRecord record, Action<EnrolmentRecord> amend)
    {
        var next = record.Clone();
        next.Header.Version++;
        amend(next);
        return Seal(next);
    }

    /// <summary>What was measured at a visit, and what is computed from it.</summary>
    public static IReadOnlyList<AssessmentRecord> Assessed(string participant) =>
    [
        Seal(new AssessmentRecord { Header = Header(participant, "disease_assessment", DataOrigin.Prospective), DiseaseAssessment = new() { ResponseDate = "2024-02-12" } }),
        Seal(new AssessmentRecord { Header = Header(participant, "computed_response", DataOrigin.Prospective), ComputedResponse = new() { Response = Response.Partial } }),
    ];

    /// <summary>The next version of a record.</summary>
    public static SafetyRecord Next(this SafetyRecord record, Action<SafetyRecord> amend)
    {
        var next = record.Clone();
        next.Header.Version++;
        amend(next);
        return Seal(next);
    }

    /// <summary>The same version after what it says was taken away.</summary>
    public static SafetyRecord Redacted(this SafetyRecord record)
    {
        var redacted = record.Clone();
        redacted.ClearForm();
        redacted.Header.Redaction = new Redaction { Actor = "study-office", Reason = "entered by mistake", RedactTime = SaveTime.ToTimestamp() };
        return redacted;
    }

    /// <summary>The same record, saved at another time.</summary>
    public static T SavedAt<T>(this T record, DateTimeOffset time)
        where T : IMessage
    {
        HeaderOf(record).SaveTime = time.ToTimestamp();
        return record;
    }

    /// <summary>What the platform says about a record of any service.</summary>
    public static RecordHeader HeaderOf(IMessage record) => record switch
    {
        EnrolmentRecord enrolment => enrolment.Header,
        AssessmentRecord assessment => assessment.Header,
        QuestionnaireRecord questionnaire => questionnaire.Header,
        _ => ((SafetyRecord)record).Header,
    };

    private static RecordHeader Header(string participant, string kind, DataOrigin origin) => new()
    {
        RecordId = $"{Guid.CreateVersion7()}",
        Version = 1,
        Kind = kind,
        Participant = participant,
        Site = participant.Split('-')[0],
        Origin = origin,
        State = RecordState.Active,
        SaveTime = SaveTime.ToTimestamp(),
    };

    private static T Seal<T>(T record)
        where T : IMessage
    {
        var header = HeaderOf(record);
        header.Hash = ByteString.Empty;
        header.Hash = ByteString.CopyFrom(SHA256.HashData(record.ToByteArray()));
        return record;
    }
}
