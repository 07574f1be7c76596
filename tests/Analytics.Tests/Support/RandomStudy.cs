using System.Globalization;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Support;

/// <summary>A study whose records are made, amended, retracted and brought back at random. The same seed makes the same study.</summary>
internal sealed class RandomStudy(int seed)
{
    private static readonly DateOnly FirstInfusion = new(2024, 1, 15);
    private static readonly string[] Terms = ["Neutropenia", "Anaemia", "Pneumonia", "Pyrexia"];

    private readonly Random random = new(seed);
    private readonly List<IMessage> latest = [];
    private int participants;

    /// <summary>Whether participants have what subgroups ask about as well.</summary>
    public bool HasSubgroups { get; init; }

    /// <summary>When the last version was saved.</summary>
    public DateTimeOffset Clock { get; set; } = Sent.SaveTime;

    /// <summary>The latest version of each record.</summary>
    public IReadOnlyList<IMessage> Latest => latest;

    /// <summary>Adds participants with their records.</summary>
    /// <returns>What was saved, in its order.</returns>
    public List<IMessage> Enrol(int count) => [.. Enumerable.Range(0, count).SelectMany(_ => Participant().ToList()).Select(Save)];

    /// <summary>Amends, retracts or brings back records.</summary>
    /// <returns>What was saved, in its order.</returns>
    public List<IMessage> Change(int count)
    {
        var saved = new List<IMessage>();
        for (var i = 0; i < count; i++)
        {
            var number = random.Next(latest.Count);
            saved.Add(latest[number] = At(Sent.Next(latest[number], Amend)));
        }

        return saved;
    }

    /// <summary>Adds a participant whose visits are to come, infused three weeks before the study's records were saved, with a query that is open.</summary>
    /// <returns>What was saved, in its order.</returns>
    public List<IMessage> LeaveOpen()
    {
        var participant = string.Create(CultureInfo.InvariantCulture, $"01-{++participants:0000}");
        return [.. new IMessage[] { Sent.Participation(participant), Sent.Infusion(participant, "2025-12-11"), Sent.Query(participant, DataQuery.Types.State.Open) }.Select(Save)];
    }

    /// <summary>The same in any order, some of it twice.</summary>
    public List<T> Shuffled<T>(IReadOnlyList<T> all)
    {
        T[] some = [.. all, .. all.Where(_ => random.Next(4) == 0)];
        random.Shuffle(some);
        return [.. some];
    }

    private IEnumerable<IMessage> Participant()
    {
        var participant = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 4):00}-{++participants:0000}");
        var origin = random.Next(3) == 0 ? DataOrigin.Retrospective : DataOrigin.Prospective;
        yield return Sent.Participation(participant, origin);
        if (random.Next(10) > 0)
        {
            yield return Sent.Infusion(participant, Day(0, 30), origin);
        }

        for (var i = random.Next(4); i > 0; i--)
        {
            yield return Sent.FollowUp(participant, Day(30, 500), origin);
        }

        for (var i = random.Next(5); i > 0; i--)
        {
            yield return Sent.Assessment(participant, Day(31, 300), Category(), origin);
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            yield return Sent.AdverseEvent(participant, Event(), origin);
        }

        if (random.Next(3) == 0)
        {
            yield return Sent.Stay(participant, Stay(), origin);
        }

        if (random.Next(4) == 0)
        {
            yield return Sent.Therapy(participant, Day(60, 300), origin);
        }

        if (random.Next(4) == 0)
        {
            yield return Sent.Death(participant, random.Next(5) == 0 ? Day(60, 500)[..7] : Day(30, 500), origin);
        }

        if (HasSubgroups && random.Next(10) > 0)
        {
            yield return Sent.Form(participant, "baseline_profile", record => record.BaselineProfile = Profile(), origin);
            yield return Sent.Form(participant, "bridging", record => record.Bridging = Bridge(), origin);
            yield return Sent.Form(participant, "leukapheresis", record => record.Leukapheresis = Apheresis(), origin);
        }
    }

    private void Amend(IMessage record, RecordHeader header)
    {
        (header.Actor, header.Reason) = ("site-office", "as the source says");
        if (header.State == RecordState.Retracted || random.Next(5) > 0)
        {
            header.State = RecordState.Active;
            Rewrite(record);
        }
        else
        {
            header.State = RecordState.Retracted;
        }
    }

    private void Rewrite(IMessage record)
    {
        switch (record)
        {
            case EnrolmentRecord { Participation: { } participation }:
                participation.Sex = (Participation.Types.Sex)random.Next(3);
                break;
            case EnrolmentRecord { Infusion: { } infusion }:
                infusion.StartTime = DateTimeOffset.Parse($"{Day(0, 30)}T10:00+08:00", CultureInfo.InvariantCulture).ToTimestamp();
                break;
            case EnrolmentRecord { FollowUp: { } followUp }:
                followUp.LastKnownAliveDate = Day(30, 500);
                break;
            case EnrolmentRecord { SubsequentTherapy: { } therapy }:
                therapy.StartDate = Day(60, 300);
                break;
            case AssessmentRecord { DiseaseAssessment: { } assessment }:
                (assessment.ResponseDate, assessment.InvestigatorResponse) = (Day(31, 300), Category());
                break;
            case EnrolmentRecord { BaselineProfile: not null } enrolment:
                enrolment.BaselineProfile = Profile();
                break;
            case EnrolmentRecord { Bridging: not null } enrolment:
                enrolment.Bridging = Bridge();
                break;
            case EnrolmentRecord { Leukapheresis: not null } enrolment:
                enrolment.Leukapheresis = Apheresis();
                break;
            case SafetyRecord { Death: { } death }:
                death.DeathDate = Day(30, 500);
                break;
            case SafetyRecord { AdverseEvent: not null } safety:
                safety.AdverseEvent = Event();
                break;
            case SafetyRecord { HospitalStay: not null } safety:
                safety.HospitalStay = Stay();
                break;
        }
    }

    private IMessage Save(IMessage record)
    {
        latest.Add(At(record));
        return record;
    }

    private IMessage At(IMessage record) => record.SavedAt(Clock += TimeSpan.FromMilliseconds(random.Next(1, 2000)));

    private AdverseEvent Event() => new() { Term = Terms[random.Next(Terms.Length)], OnsetDate = Day(20, 200), Grade = random.Next(1, 6), Serious = random.Next(2) == 0 };

    private HospitalStay Stay()
    {
        var admission = random.Next(20, 200);
        return new HospitalStay { Kind = HospitalStay.Types.Kind.Readmission, AdmissionDate = Date(admission), DischargeDate = Date(admission + random.Next(20)) };
    }

    private BaselineProfile Profile()
    {
        var profile = new BaselineProfile
        {
            HighRiskBroad = Answer(),
            Extramedullary = Answer(),
            PriorBcma = Answer(),
            TripleClassRefractory = Answer(),
            TripleClassExposed = Answer(),
            RenalImpairment = Answer(),
            RissAtDiagnosis = (MyelomaHistory.Types.Stage)random.Next(4),
        };
        if (random.Next(4) > 0)
        {
            (profile.AgeAtInfusionYears, profile.PriorLineCount) = (random.Next(40, 85), random.Next(1, 6));
        }

        return profile;
    }

    private Bridging Bridge() => new() { Response = (TherapyResponse)random.Next(8), SecondInfusion = random.Next(8) == 0 };

    private Leukapheresis Apheresis() => new()
    {
        ManufacturingOutcome = (Leukapheresis.Types.ManufacturingOutcome)random.Next(4),
        SecondInfusion = random.Next(8) == 0,
    };

    private YesNoUnknown Answer() => (YesNoUnknown)random.Next(4);

    private Response Category() => (Response)random.Next(1, 9);

    private string Day(int from, int to) => Date(random.Next(from, to));

    private static string Date(int day) => FirstInfusion.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
