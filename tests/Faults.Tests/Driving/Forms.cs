using System.Globalization;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Faults.Tests.Driving;

/// <summary>Forms as hospitals send them: right in themselves, and each different, so that content sent and content kept can be told apart.</summary>
internal static class Forms
{
    // After every infusion and before every contact, so that no record contradicts another.
    private static readonly DateOnly FirstVisit = new(2022, 8, 1);
    private static readonly DateOnly FirstContact = new(2023, 1, 1);
    private static readonly DateOnly FirstDeath = new(2025, 1, 1);

    /// <summary>A participant's code.</summary>
    public static string Code(string site, int number) => string.Create(CultureInfo.InvariantCulture, $"{site}-{number:0000000}");

    /// <summary>A site.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest Site(string site) => new()
    {
        Header = new() { Origin = DataOrigin.Prospective },
        Site = new()
        {
            SiteCode = site,
            Name = $"Hospital {site}",
            NameZh = "医院",
            ProvinceCode = "11",
            PrincipalInvestigator = "Investigator",
            EthicsApprovalNumber = $"FAULTS-{site}",
            EthicsApprovalDate = "2021-01-15",
            ActivationDate = "2021-03-01",
            Status = Enrolment.V1.Site.Types.Status.Active,
        },
    };

    /// <summary>That a participant takes part.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest Participation(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Participation = new()
        {
            ConsentType = Enrolment.V1.Participation.Types.ConsentType.Written,
            ConsentVersion = $"{dice.Next(1, 1_000_000)}",
            ConsentDate = "2022-05-01",
            EnrolmentDate = "2022-06-02",
            BirthYearMonth = string.Create(CultureInfo.InvariantCulture, $"{dice.Next(1940, 1980)}-{dice.Next(1, 13):00}"),
            Sex = Enrolment.V1.Participation.Types.Sex.Female,
            HeightCm = dice.Next(150, 190),
            BodyMassKg = 60,
            Ecog = 1,
        },
    };

    /// <summary>A participant's infusion.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest Infusion(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Infusion = new()
        {
            StartTime = Timestamp.FromDateTime(new DateTime(2022, 7, 1, 2, 0, 0, DateTimeKind.Utc).AddMinutes(dice.Next(1000))),
            EndTime = Timestamp.FromDateTime(new DateTime(2022, 7, 1, 20, 0, 0, DateTimeKind.Utc)),
            BatchNumber = $"B{dice.Next()}",
            DoseMillionCells = 60,
            BodyMassKg = 60,
            Setting = Enrolment.V1.Infusion.Types.Setting.Inpatient,
        },
    };

    /// <summary>How a participant is.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest FollowUp(string participant, Random dice)
    {
        var day = Text(FirstContact.AddDays(dice.Next(700)));
        return new()
        {
            Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
            FollowUp = new()
            {
                Status = Enrolment.V1.FollowUp.Types.Status.Ongoing,
                StatusDate = day,
                LastKnownAliveDate = day,
                ContactAttemptCount = dice.Next(100),
            },
        };
    }

    /// <summary>A follow-up that no service may take: it lies in the future.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest WrongFollowUp(string participant, Random dice)
    {
        var form = FollowUp(participant, dice);
        form.FollowUp.LastKnownAliveDate = "2199-01-01";
        return form;
    }

    /// <summary>What a participant is treated with next. Its checks look at no other record, so participants take no turns with it.</summary>
    public static Equecel.Enrolment.V1.SubmitRecordRequest SubsequentTherapy(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        SubsequentTherapy = new()
        {
            StartDate = Text(FirstContact.AddDays(dice.Next(700))),
            Reason = Enrolment.V1.SubsequentTherapy.Types.Reason.Pd,
            Treatments = { new Enrolment.V1.Treatment { TherapyClass = Enrolment.V1.TherapyClass.AntiCd38, Name = $"drug {dice.Next()}" } },
        },
    };

    /// <summary>A participant's death, after every contact.</summary>
    public static Equecel.Safety.V1.SubmitRecordRequest Death(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Death = new()
        {
            DeathDate = Text(FirstDeath.AddDays(dice.Next(300))),
            PrimaryCause = Equecel.Safety.V1.Death.Types.Cause.Unknown,
            CauseText = $"cause {dice.Next()}",
            Causality = Causality.NotAssessable,
            Autopsy = YesNoUnknown.Unknown,
        },
    };

    /// <summary>An assessment of a participant's disease after the infusion.</summary>
    public static Equecel.Assessment.V1.SubmitRecordRequest DiseaseAssessment(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        DiseaseAssessment = new()
        {
            Visit = Visit.Unscheduled,
            ResponseDate = Text(FirstVisit.AddDays(dice.Next(120))),
            InvestigatorResponse = dice.Next(2) == 0 ? Response.StableDisease : Response.Partial,
            SerumMProteinGPerL = dice.Next(1, 90),
            SerumImmunofixation = Equecel.Assessment.V1.DiseaseAssessment.Types.Immunofixation.Positive,
            SerumBand = Equecel.Assessment.V1.DiseaseAssessment.Types.Band.Original,
            UrineImmunofixation = Equecel.Assessment.V1.DiseaseAssessment.Types.Immunofixation.Negative,
            KappaMgPerL = dice.Next(1, 10_000),
            LambdaMgPerL = dice.Next(1, 10_000),
        },
    };

    /// <summary>What a participant answered to the questions of EQ-5D-5L.</summary>
    public static Equecel.Questionnaire.V1.SubmitRecordRequest Eq5d5l(string participant, Random dice) => new()
    {
        Header = new() { Participant = participant, Origin = DataOrigin.Prospective },
        Eq5D5L = new()
        {
            Visit = Visit.Unscheduled,
            CompletionDate = Text(FirstVisit.AddDays(dice.Next(120))),
            InstrumentVersion = "1.2",
            Language = "zh-CN",
            Mode = CompletionMode.Paper,
            Proxy = YesNoUnknown.No,
            Answers = { Enumerable.Range(1, 5).Select(item => new ItemAnswer { Item = item, Score = dice.Next(1, 6) }) },
            VasScore = dice.Next(101),
        },
    };

    /// <summary>A questionnaire that no service may take: it has a level that there is none of.</summary>
    public static Equecel.Questionnaire.V1.SubmitRecordRequest WrongEq5d5l(string participant, Random dice)
    {
        var form = Eq5d5l(participant, dice);
        form.Eq5D5L.Answers[0].Score = 6;
        return form;
    }

    /// <summary>A form of a kind about a participant, each time another.</summary>
    /// <param name="kind">Name of its message.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="dice">What it says.</param>
    public static IMessage Of(string kind, string participant, Random dice) => kind switch
    {
        nameof(Participation) => Participation(participant, dice),
        nameof(Infusion) => Infusion(participant, dice),
        nameof(Death) => Death(participant, dice),
        nameof(DiseaseAssessment) => DiseaseAssessment(participant, dice),
        nameof(Eq5d5l) => Eq5d5l(participant, dice),
        _ => FollowUp(participant, dice),
    };

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
