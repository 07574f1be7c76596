namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Computes a participant's responses from all assessments. The order in which they arrive does not matter.</summary>
internal static class ResponseCourse
{
    /// <summary>Name of the rules.</summary>
    public const string RuleSet = "IMWG2016/RWS-1";

    /// <summary>Computes them.</summary>
    /// <param name="visits">All assessments, in any order.</param>
    /// <param name="dates">Dates of the treatment.</param>
    /// <param name="diagnosed">The light chain found at diagnosis; null when it is not known.</param>
    /// <returns>A step for each assessment after the infusion, by date.</returns>
    public static IReadOnlyList<CourseStep> Compute(IEnumerable<AssessedVisit> visits, CourseDates dates, LightChain? diagnosed = null)
    {
        var ordered = visits.OrderBy(visit => visit.Date).ThenBy(visit => visit.Tie, StringComparer.Ordinal).ToList();
        var baseline = BaselineSelection.Select(ordered, dates, diagnosed);
        var nadirs = Nadirs.Of(baseline);
        var lesions = new LesionHistory();
        foreach (var before in ordered.Where(visit => visit.Date <= dates.Infusion && BaselineSelection.IsIn(visit.DateOf(Sample.Imaging), dates)))
        {
            lesions.Add(before.Lesions);
        }

        var carried = new CarriedForward();
        var confirmation = Confirmation.Start;
        DateOnly? previous = null;
        var steps = new List<CourseStep>();
        foreach (var visit in ordered.Where(visit => !visit.IsBeforeInfusion && visit.Date > dates.Infusion))
        {
            var measured = visit.Values with { Growths = lesions.Growths(visit.Lesions) };
            var now = carried.Fill(visit);
            var response = VisitResponse.Compute(baseline, nadirs, measured, now);
            var before = confirmation.Confirmed;
            confirmation = confirmation.After(response, visit.Date > dates.NewTherapy, visit.Date == previous);
            steps.Add(new CourseStep(visit, now, baseline, response, before, confirmation.Confirmed, CompleteResponseRelapse.Find(before, response.Level, now))
            {
                IsAfterNewTherapy = visit.Date > dates.NewTherapy,
            });

            previous = response.Level == ResponseLevel.NotEvaluable ? previous : visit.Date;
            nadirs = nadirs.After(visit, baseline.InvolvedChain);
            lesions.Add(visit.Lesions);
        }

        return steps;
    }
}
