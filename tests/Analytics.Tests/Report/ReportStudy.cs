using System.Text;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Report;
using Equecel.Analytics.Report.Markup;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Report;

/// <summary>Studies for reports, and the reports.</summary>
internal static class ReportStudy
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Syndrome = "Cytokine release syndrome";

    private static readonly string[] Terms = ["Neutropenia", "Anaemia", "Thrombocytopenia", "Hypokalaemia", "发热", "Pneumonia", "Diarrhoea", "Fatigue", "Nausea", "Hypotension"];
    private static readonly Visit[] Visits = [Visit.Baseline, Visit.Week4, Visit.Week8, Visit.Week12, Visit.Week24];
    private static readonly int[] VisitDays = [-14, 28, 56, 84, 168];

    /// <summary>What its sites wrote in their own words.</summary>
    public static IEnumerable<string> FreeTexts => Terms.Append(Syndrome);

    /// <summary>A study in which everything happens, always the same; two of three participants are prospective.</summary>
    public static MadeStudy Of(int participants)
    {
        var random = new Random(20260101);
        var study = new MadeStudy();
        for (var i = 0; i < participants; i++)
        {
            study.With($"{(i % 3 == 2 ? "02" : "01")}-{i + 1:0000}", [.. Forms(random)]);
        }

        return study;
    }

    /// <summary>The answers that a report is made of.</summary>
    public static Findings Find(MadeStudy study, V1.GetReportRequest? request = null)
    {
        var pass = new ReportPass(ReportQuestion.Parse(request ?? new(), Now), study.Dossiers.Aggregate(CohortPosition.None, (at, _) => at.After("enrolment", Now, Now)));
        study.Dossiers.ForEach(pass.Add);
        return pass.Finish();
    }

    /// <summary>The report of a study.</summary>
    public static string Html(MadeStudy study, bool chinese = false, V1.GetReportRequest? request = null)
    {
        var asked = new V1.GetReportRequest(request ?? new()) { Language = chinese ? V1.ReportLanguage.Chinese : V1.ReportLanguage.English };
        return Encoding.UTF8.GetString(HtmlWriter.Write(ReportPage.Compose(Find(study, asked), new Wording(chinese))));
    }

    private static IEnumerable<IMessage> Forms(Random random)
    {
        var infusion = new DateOnly(2024, 1, 10).AddDays(random.Next(400));
        var followed = random.Next(20, 700);
        var dies = random.NextDouble() < 0.25;
        yield return new Participation { EnrolmentDate = Day(infusion.AddDays(-60)), Sex = random.Next(2) == 0 ? Participation.Types.Sex.Female : Participation.Types.Sex.Male, Ecog = random.Next(3) };
        yield return new BaselineProfile { AgeAtInfusionYears = random.Next(40, 80), PriorLineCount = random.Next(2, 8), HighRiskBroad = (YesNoUnknown)random.Next(1, 4) };
        yield return new Infusion { StartTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(infusion, new TimeOnly(10, 0), TimeSpan.FromHours(8))), Setting = Infusion.Types.Setting.Inpatient };
        yield return new Enrolment.V1.FollowUp { StatusDate = Day(infusion.AddDays(followed)), LastKnownAliveDate = Day(infusion.AddDays(followed)) };
        yield return new HospitalStay
        {
            Kind = HospitalStay.Types.Kind.Index,
            AdmissionDate = Day(infusion.AddDays(-6)),
            DischargeDate = Day(infusion.AddDays(random.Next(10, 30))),
            Reason = HospitalStay.Types.Reason.PlannedCart,
            Outcome = HospitalStay.Types.Outcome.Improved,
        };
        yield return Counted(new DiseaseAssessment { BloodDate = Day(infusion.AddDays(-7)) }, day: -7);
        var best = random.Next(10) switch { 0 => Response.StableDisease, 1 or 2 => Response.Partial, 3 or 4 => Response.VeryGoodPartial, _ => Response.StringentComplete };
        for (var day = 15 + random.Next(15); day < Math.Min(followed, 600); day += 28)
        {
            var progressed = day > 300 && random.NextDouble() < 0.08;
            yield return Counted(
                new DiseaseAssessment { ResponseDate = Day(infusion.AddDays(day)), InvestigatorResponse = progressed ? Response.ProgressiveDisease : day < 50 && best > Response.Partial ? Response.Partial : best }, day);
            if (progressed)
            {
                yield return new SubsequentTherapy { StartDate = Day(infusion.AddDays(day + 20)), Reason = SubsequentTherapy.Types.Reason.Pd };
                break;
            }
        }

        foreach (var (term, i) in Terms.Select((term, i) => (term, i)).Where(_ => random.NextDouble() < 0.45))
        {
            yield return Event(term, random.Next(1, 5), infusion.AddDays(random.Next(60)), serious: i % 4 == 0);
        }

        if (random.NextDouble() < 0.85)
        {
            yield return Event(Syndrome, 1 + (random.Next(10) / 4), infusion.AddDays(random.Next(1, 9)), serious: false, AdverseEvent.Types.SpecialInterest.Crs);
        }

        foreach (var (visit, day) in Visits.Zip(VisitDays).Where(one => one.Second < followed))
        {
            yield return Eq5d(random, visit, infusion.AddDays(day));
            yield return QlqC30(random, visit, infusion.AddDays(day));
        }

        if (dies)
        {
            yield return new Death { DeathDate = Day(infusion.AddDays(followed)), PrimaryCause = (Death.Types.Cause)random.Next(1, 5) };
        }
    }

    private static AdverseEvent Event(string term, int grade, DateOnly onset, bool serious, AdverseEvent.Types.SpecialInterest interest = default) => new()
    {
        Term = term,
        Grade = grade,
        OnsetDate = Day(onset),
        EndDate = Day(onset.AddDays(5)),
        Serious = serious,
        SpecialInterest = interest,
        Causes = { new AdverseEvent.Types.CauseAssessment { Cause = AdverseEvent.Types.Cause.EqueCel, Causality = Causality.Possible } },
    };

    // Low after the infusion, and less so with time.
    private static DiseaseAssessment Counted(DiseaseAssessment form, int day)
    {
        var share = day < 0 ? 1 : Math.Min(1, (day % 20 / 40.0) + (day / 200.0));
        (form.HaemoglobinGPerL, form.NeutrophilsE9PerL, form.LymphocytesE9PerL, form.PlateletsE9PerL) =
            (Math.Round(60 + (50 * share)), Math.Round(0.2 + (2 * share), 2), Math.Round(0.1 + share, 2), Math.Round(20 + (150 * share)));
        return form;
    }

    private static QuestionnaireScores Eq5d(Random random, Visit visit, DateOnly day) => new()
    {
        Instrument = QuestionnaireScores.Types.Instrument.Eq5D5L,
        AssignedVisit = visit,
        CompletionDate = Day(day),
        IndexValue = 0.6 + (0.05 * (int)visit / 4) + (random.NextDouble() / 5),
        ValueSet = "EQ-5D-5L China, Luo 2017",
        VasScore = random.Next(50, 90),
    };

    private static QuestionnaireScores QlqC30(Random random, Visit visit, DateOnly day)
    {
        var scores = new QuestionnaireScores { Instrument = QuestionnaireScores.Types.Instrument.QlqC30, AssignedVisit = visit, CompletionDate = Day(day) };
        scores.Scales.AddRange(System.Enum.GetValues<QuestionnaireScores.Types.Scale>().Skip(1)
            .Select(scale => new QuestionnaireScores.Types.ScaleScore { Scale = scale, Score = Math.Round(random.Next(20, 80) + ((int)visit * 1.5), 2) }));
        return scores;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
