using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Reason = Equecel.Assessment.V1.DiseaseAssessment.Types.ProgressionReason;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>Finds the rows of ADRS.</summary>
/// <remarks>Rule set RWS-1; the confirmation is that of survival methods, section 12.4.</remarks>
internal static class ResponseRows
{
    private static readonly ResponseParameter Recorded = new("OVR", "Overall Response by Investigator", ResponseParameter.Investigator, IsDerived: false);
    private static readonly ResponseParameter Confirmed = new("COVR", "Confirmed Response by Investigator", ResponseParameter.Investigator);
    private static readonly ResponseParameter Computed = new("ALGOVR", "Response by IMWG Algorithm", ResponseParameter.Algorithm);
    private static readonly ResponseParameter ComputedConfirmed = new("ALGCOVR", "Confirmed Response by IMWG Algorithm", ResponseParameter.Algorithm);
    private static readonly ResponseParameter Residual = new("MRD", "Minimal Residual Disease", ResponseParameter.Investigator, IsDerived: false);
    private static readonly ResponseParameter Best = new("BOR", "Best Overall Response within 24 Weeks, As Assessed", ResponseParameter.Investigator);
    private static readonly ResponseParameter BestConfirmed = new("CBOR", "Best Confirmed Overall Response", ResponseParameter.Investigator);
    private static readonly ResponseParameter BestComputed = new("ALGBOR", "Best Response within 24 Weeks by IMWG Algorithm", ResponseParameter.Algorithm);
    private static readonly ResponseParameter Responded = new("RSP", "Response (PR or Better), As Assessed", ResponseParameter.Investigator);
    private static readonly ResponseParameter RespondedWell = new("VGPRRSP", "VGPR or Better, As Assessed", ResponseParameter.Investigator);
    private static readonly ResponseParameter RespondedCompletely = new("CRRSP", "Complete Response (CR or sCR), As Assessed", ResponseParameter.Investigator);
    private static readonly ResponseParameter Progressed = new("PD", "Disease Progression by Investigator", ResponseParameter.Investigator);
    private static readonly ResponseParameter Died = new(ResponseParameter.Death, "Death", ResponseParameter.Investigator);
    private static readonly ResponseParameter Last = new("LSTA", "Last Adequate Disease Assessment", ResponseParameter.Investigator);

    /// <summary>The rows of a participant, numbered in order of parameter and date.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<AnalysedResponseRow> Of(DatasetSubject subject) =>
        OfAssessments(subject).Concat(OfAlgorithm(subject)).Concat(subject.IsAnalysed ? OfParticipant(subject) : [])
            .OrderBy(row => row.Parameter.Code, StringComparer.Ordinal).ThenBy(row => row.Date).ThenBy(row => row.SourceNumber)
            .Select((row, i) => row with { Number = i + 1 });

    private static IEnumerable<AnalysedResponseRow> OfAssessments(DatasetSubject subject)
    {
        var usable = subject.Responses
            .Where(row => row.Category is not (null or ResponseCategory.NotEvaluable) && subject.IsAnalysed && row.Day > subject.Subject.InfusionDate)
            .GroupBy(row => row.Day).Select(day => day.OrderBy(row => row.Category).ThenBy(row => row.Number).First().Number).ToHashSet();
        foreach (var row in subject.Responses)
        {
            var found = row.Category is { } category ? AnalysedResponseRow.Of(subject, Recorded, row.Day, category)
                : row.TestCode == ResponseRow.Residual ? new AnalysedResponseRow(subject, Residual, row.Day, row.Result switch { "Y" => "POSITIVE", "N" => "NEGATIVE", _ => "NE" }, null)
                : null;
            if (found is not null)
            {
                yield return found with
                {
                    SourceNumber = row.Number,
                    VisitNumber = Codes.VisitNumber(row.Form.Visit),
                    VisitName = Codes.VisitName(row.Form.Visit),
                    IsUsable = usable.Contains(row.Number),
                    IsCertain = row.Category == ResponseCategory.ProgressiveDisease && row.Form.ProgressionReasons.Any(reason => reason is Reason.Marrow or Reason.NewLesion or Reason.LesionGrowth),
                };
            }
        }
    }

    private static IEnumerable<AnalysedResponseRow> OfAlgorithm(DatasetSubject subject)
    {
        foreach (var form in subject.Dossier.All<ComputedResponse>().Select(found => found.Form).Where(form => subject.HadHappened(form.ResponseDate)))
        {
            var date = PartialDate.FindDay(form.ResponseDate);
            if (DossierFacts.Category(form.Response) is { } category)
            {
                yield return AnalysedResponseRow.Of(subject, Computed, date, category);
            }

            if (DossierFacts.Category(form.ConfirmedResponse) is { } confirmed)
            {
                yield return AnalysedResponseRow.Of(subject, ComputedConfirmed, date, confirmed);
            }
        }
    }

    private static IEnumerable<AnalysedResponseRow> OfParticipant(DatasetSubject subject)
    {
        var (course, endpoints) = (subject.Subject.Course!, subject.Endpoints);
        foreach (var (date, level) in ResponseLevels.Confirmed(course))
        {
            yield return AnalysedResponseRow.Of(subject, Confirmed, date, level);
        }

        if (course.Progression is { } progression)
        {
            yield return AnalysedResponseRow.Of(subject, Confirmed, progression, ResponseCategory.ProgressiveDisease);
        }

        yield return AnalysedResponseRow.Of(subject, Best, endpoints.BestAsAssessed.Date, endpoints.BestAsAssessed.Category);
        yield return AnalysedResponseRow.Of(subject, BestComputed, endpoints.BestComputed.Date, endpoints.BestComputed.Category);
        yield return endpoints.BestConfirmedOverall is { Date: { } bestDate, Category: var best }
            ? AnalysedResponseRow.Of(subject, BestConfirmed, bestDate, best)
            : new AnalysedResponseRow(subject, BestConfirmed, null, "MISSING", null);
        yield return AnalysedResponseRow.YesNo(subject, Responded, Reached(endpoints.Ttr));
        yield return AnalysedResponseRow.YesNo(subject, RespondedWell, Reached(TimeToResponse.Derive(course, ResponseCategory.VeryGoodPartialResponse)));
        yield return AnalysedResponseRow.YesNo(subject, RespondedCompletely, Reached(endpoints.Ttcr));
        yield return AnalysedResponseRow.YesNo(subject, Progressed, course.Progression);
        yield return AnalysedResponseRow.YesNo(subject, Died, course.DeathByCutoff) with { IsDateCompleted = course is { DeathByCutoff: not null, IsDeathDateCompleted: true } };
        yield return course.Adequate.Count > 0
            ? AnalysedResponseRow.Of(subject, Last, course.Adequate[^1].Date, course.Adequate[^1].Highest)
            : new AnalysedResponseRow(subject, Last, null, "MISSING", null);
    }

    private static DateOnly? Reached(TimeToEvent time) => time.IsEvent ? time.Date : null;
}
