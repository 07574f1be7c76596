using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;
using Instrument = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Instrument;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;

namespace Equecel.Analytics.Tests.Datasets;

/// <summary>A study made by hand in which every dataset has rows. The infusions are on 2025-03-01, 10:00 in China.</summary>
internal static class RichStudy
{
    /// <summary>
    /// 01-0001: partial response on day 31, progression by a new lesion on day 91, death on day 181. 01-0002: infused, nothing more.
    /// 01-0003: never infused. 01-0004: not eligible. 02-0001: two assessments of one day, a day of death that is not known.
    /// </summary>
    public static MadeStudy Make() => new MadeStudy()
        .Infused(
            "01-0001",
            Person("2025-01-10", "2025-01-12", Participation.Types.Sex.Female),
            new BaselineProfile { AgeAtInfusionYears = 64, PriorLineCount = 4, RissAtDiagnosis = MyelomaHistory.Types.Stage.Ii, HighRiskBroad = YesNoUnknown.Yes, BmiKgPerM2 = 22.5 },
            new Lymphodepletion
            {
                Doses =
                {
                    new Lymphodepletion.Types.Dose { Agent = Lymphodepletion.Types.Agent.Fludarabine, DoseDate = "2025-02-24", DoseMgPerM2 = 30 },
                    new Lymphodepletion.Types.Dose { Agent = Lymphodepletion.Types.Agent.Fludarabine, DoseDate = "2025-02-25", DoseMgPerM2 = 30 },
                },
            },
            Assessed("2025-03-31", Response.Partial, Visit.Week4),
            Progressed("2025-05-30"),
            Event("Fever", "2025-03-02", "2025-03-04", 2, "Pyrexia"),
            Event("Chill", "2025-02-20", "2025-02-21", 1, "Chills"),
            Event("Rash", "2025-03", "", 1, ""),
            Fatal("Sepsis", "2025-08-20", "2025-08-28"),
            new HospitalStay
            {
                Kind = HospitalStay.Types.Kind.Index,
                Reason = HospitalStay.Types.Reason.PlannedCart,
                AdmissionDate = "2025-02-20",
                DischargeDate = "2025-03-20",
                Outcome = HospitalStay.Types.Outcome.Improved,
                IcuPeriods = { new HospitalStay.Types.IcuPeriod { InTime = At("2025-03-05T08:00"), OutTime = At("2025-03-06T09:00") } },
            },
            new HealthcareEncounter { Date = "2025-04-10", Kind = HealthcareEncounter.Types.Kind.Outpatient, Reason = HealthcareEncounter.Types.Reason.Scheduled },
            new QlqC30
            {
                Visit = Visit.Baseline,
                CompletionDate = "2025-02-20",
                InstrumentVersion = "3.0",
                Answers = { new ItemAnswer { Item = 1, Score = 2 }, new ItemAnswer { Item = 29, Score = 4 } },
            },
            new Eq5d5l { Visit = Visit.Week4, CompletionDate = "2025-03-29", NotDoneReason = MissingReason.Refused },
            Scores(Visit.Baseline, "2025-02-20", 50),
            Scores(Visit.Week4, "2025-03-29", 60 + (1 / 3.0)),
            new Death { DeathDate = "2025-08-28", PrimaryCause = Death.Types.Cause.Infection, CauseText = "Sepsis", Autopsy = YesNoUnknown.No, Place = Death.Types.Place.Hospital })
        .Infused("01-0002", Person("2025-01-10", "2025-01-12", Participation.Types.Sex.Male))
        .With("01-0003", Person("2025-01-10", "2025-01-12", Participation.Types.Sex.Male), new FollowUp { Status = FollowUp.Types.Status.NotInfused, StatusDate = "2025-02-01", LastKnownAliveDate = "2025-02-01" })
        .With("01-0004", Person("2025-01-10", "2025-01-12", Participation.Types.Sex.Male), new Eligibility { Eligible = YesNoUnknown.No, EligibilityDate = "2025-01-11" })
        .Infused(
            "02-0001",
            Assessed("2025-03-31", Response.Complete, Visit.Unscheduled),
            Assessed("2025-03-31", Response.VeryGoodPartial, Visit.Unscheduled),
            Assessed("2025-04-28", Response.Complete, Visit.Week8),
            new SubsequentTherapy { StartDate = "2025-05-10", Reason = SubsequentTherapy.Types.Reason.Maintenance },
            new FollowUp { Status = FollowUp.Types.Status.Ongoing, StatusDate = "2025-06-20", LastKnownAliveDate = "2025-06-20" },
            new Death { DeathDate = "2025-06", PrimaryCause = Death.Types.Cause.Unknown });

    /// <summary>Consent, enrolment, sex; born in March 1960.</summary>
    public static Participation Person(string consent, string enrolment, Participation.Types.Sex sex) =>
        new() { ConsentDate = consent, EnrolmentDate = enrolment, Sex = sex, BirthYearMonth = "1960-03", Ethnicity = Participation.Types.Ethnicity.Han, Ecog = 1 };

    /// <summary>An assessment with the investigator's response.</summary>
    public static DiseaseAssessment Assessed(string date, Response response, Visit visit) => new() { Visit = visit, ResponseDate = date, InvestigatorResponse = response };

    /// <summary>An event that ended, or goes on.</summary>
    public static AdverseEvent Event(string term, string onset, string end, int grade, string preferredTerm)
    {
        var made = new AdverseEvent
        {
            Term = term,
            OnsetDate = onset,
            Ongoing = end.Length == 0,
            Grade = grade,
            Serious = false,
            CtcaeVersion = AdverseEvent.Types.CtcaeVersion._50,
            Outcome = end.Length == 0 ? EventOutcome.NotRecovered : EventOutcome.Recovered,
            Action = AdverseEvent.Types.Action.NotApplicable,
            Causes = { new AdverseEvent.Types.CauseAssessment { Cause = AdverseEvent.Types.Cause.EqueCel, Causality = Causality.Probable } },
        };
        if (end.Length > 0)
        {
            made.EndDate = end;
        }

        if (preferredTerm.Length > 0)
        {
            made.Coding = new() { Version = "27.0", Pt = preferredTerm, PtCode = "10037660" };
        }

        return made;
    }

    private static AdverseEvent Fatal(string term, string onset, string end)
    {
        var made = Event(term, onset, end, 5, term);
        (made.Serious, made.Outcome) = (true, EventOutcome.Fatal);
        made.SeriousnessCriteria.Add(AdverseEvent.Types.SeriousnessCriterion.Death);
        return made;
    }

    private static DiseaseAssessment Progressed(string date)
    {
        var made = Assessed(date, Response.ProgressiveDisease, Visit.Week12);
        made.ProgressionReasons.Add(DiseaseAssessment.Types.ProgressionReason.NewLesion);
        return made;
    }

    private static QuestionnaireScores Scores(Visit visit, string date, double score) => new()
    {
        Instrument = Instrument.QlqC30,
        Visit = visit,
        AssignedVisit = visit,
        CompletionDate = date,
        Scales = { new QuestionnaireScores.Types.ScaleScore { Scale = Scale.Ql2, Score = score } },
    };

    private static Timestamp At(string time) => DateTimeOffset.Parse($"{time}:00+08:00", System.Globalization.CultureInfo.InvariantCulture).ToTimestamp();
}
