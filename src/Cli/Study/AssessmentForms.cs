using Equecel.Assessment.V1;
using Equecel.Common.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Cli.Study;

/// <summary>What was measured of the disease, and how the investigator judged it.</summary>
internal static class AssessmentForms
{
    private static readonly (Visit Visit, int Day, int EitherSide, bool HasMarrow)[] Visits =
    [
        (Visit.Week2, 14, 2, false), (Visit.Week3, 21, 2, false), (Visit.Week4, 28, 3, true), (Visit.Week8, 56, 6, false), (Visit.Week12, 84, 6, true),
        (Visit.Week16, 112, 6, false), (Visit.Week20, 140, 6, false), (Visit.Week24, 168, 12, true), (Visit.Later, 252, 10, true), (Visit.Later, 336, 10, true),
    ];

    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    public static void Add(FormSet forms, Course course)
    {
        var draw = course.Draw("assessments");
        var values = new DiseaseValues(course, draw);
        var baseline = new DiseaseAssessment { Visit = Visit.Baseline, ResponseDate = course.On(Course.DepletionDay - draw.Between(3, 12)) };
        values.Measure(baseline, null);
        values.TakeMarrow(baseline, null);
        values.See(baseline, null);
        BloodValues.Measure(baseline, course, draw, -10);
        forms.Add("assessment baseline", new SubmitRecordRequest { DiseaseAssessment = baseline });

        var progressions = 0;
        foreach (var (visit, target, eitherSide, hasMarrow) in Visits)
        {
            var day = target + draw.Between(-eitherSide, eitherSide);
            var isMissed = draw.Chance(visit == Visit.Week3 ? 0.4 : 0.05);
            if (day > course.EndDay || (isMissed && course.Contradiction != Contradiction.Immunofixation) || progressions == 2)
            {
                continue;
            }

            var response = course.At(day);
            progressions += response == Response.ProgressiveDisease ? 1 : 0;
            Add(forms, course, draw, values, (visit, day, response), hasMarrow);
        }
    }

    private static void Add(FormSet forms, Course course, Draw draw, DiseaseValues values, (Visit Visit, int Day, Response Response) at, bool hasMarrow)
    {
        var form = new DiseaseAssessment { Visit = at.Visit, ResponseDate = course.On(at.Day), InvestigatorResponse = at.Response };
        var missing = new List<MissingValue>();
        values.Measure(form, at.Response);
        BloodValues.Measure(form, course, draw, at.Day);

        // Marrow is taken as planned, or when a complete response is near and the site thinks of it.
        var needsMarrow = hasMarrow || at.Response <= Response.Complete || course.Track == Track.Marrow;
        if (needsMarrow && !draw.Chance(hasMarrow || course.Track == Track.Marrow ? 0.1 : 0.45))
        {
            values.TakeMarrow(form, at.Response);
        }
        else
        {
            missing.Add(FormSet.Empty("marrow_plasma_cells_percent"));
            missing.Add(FormSet.Empty("marrow_clonality"));
        }

        if (course.IsExtramedullary && at.Day > 25)
        {
            values.See(form, at.Response);
        }
        else
        {
            missing.Add(FormSet.Empty("imaging_date"));
        }

        missing.AddRange(DiseaseValues.LeaveOut(form, draw, course.Track));
        if (at.Response == Response.ProgressiveDisease)
        {
            form.ProgressionReasons.Add(values.Reason);
        }

        var key = $"assessment {at.Visit} {at.Day}";
        var isContradiction = course.Contradiction == Contradiction.Immunofixation && at.Visit == Visit.Week2;
        var serumM = form.HasSerumMProteinGPerL ? form.SerumMProteinGPerL : (double?)null;
        if (isContradiction)
        {
            form.SerumImmunofixation = Immunofixation.Negative;
            form.SerumBand = Band.Unspecified;
            form.SerumMProteinGPerL = serumM is > 0 ? serumM.Value : 2.5;
        }

        forms.Add(key, new SubmitRecordRequest { DiseaseAssessment = form }, !isContradiction && draw.Chance(0.05) ? Wave.Late : Wave.First, missing);
        if (isContradiction && course.IsCorrected)
        {
            forms.Amend<SubmitRecordRequest>(key, request =>
            {
                request.DiseaseAssessment.SerumImmunofixation = Immunofixation.Positive;
                request.DiseaseAssessment.SerumBand = Band.Original;
            }, "Result of the immunofixation was entered wrongly");
        }
    }
}
