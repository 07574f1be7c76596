using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.StudyRules;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of the dates.</summary>
internal static class DateChecks
{
    private const int DaysOfOneVisit = 7;
    private const int DaysOfBaseline = 35;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form, FormContext context)
    {
        yield return Check.Needed("response_date", form.ResponseDate.Length > 0);
        yield return Check.Date("response_date", form.ResponseDate, out var date);
        foreach (var finding in OnTime("response_date", date, context).Concat(AgainstInfusion(form.Visit, date, context)))
        {
            yield return finding;
        }

        foreach (var (field, text) in new[]
        {
            ("serum_date", form.SerumDate), ("urine_date", form.UrineDate), ("light_chain_date", form.LightChainDate),
            ("marrow_date", form.MarrowDate), ("imaging_date", form.ImagingDate), ("blood_date", form.BloodDate),
        })
        {
            yield return Check.Date(field, text, out var sample);
            foreach (var finding in OnTime(field, sample, context))
            {
                yield return finding;
            }

            yield return sample is { } day && date is { } visit && Math.Abs(day.DayNumber - visit.DayNumber) > DaysOfOneVisit
                ? Check.Query("E05", field, $"Unusual {field}; please confirm. It is more than {DaysOfOneVisit} days from the assessment.",
                    $"{field}数值异常，请核实。与评估日期相差超过{DaysOfOneVisit}天。")
                : null;
        }
    }

    private static IEnumerable<Finding?> OnTime(string field, DateOnly? date, FormContext context)
    {
        yield return Check.NotInFuture(context, field, date);
        yield return Check.BeforeWithdrawal(context, field, date);
        yield return context.Origin == DataOrigin.Prospective && date < CivilDate.Find(context.Facts?.ConsentDate ?? "")
            ? Check.Hard("E03", field, $"{field} is dated before consent.", $"{field}日期早于知情同意日期。")
            : null;
    }

    private static IEnumerable<Finding?> AgainstInfusion(Visit visit, DateOnly? date, FormContext context)
    {
        if (visit == Visit.Unspecified || context.Facts is not { } facts || date is not { } day)
        {
            yield break;
        }

        var infusion = CivilDate.Find(facts.InfusionDate);
        if (!visit.IsBeforeInfusion())
        {
            yield return infusion is null
                ? Check.Hard("A16", "response_date", "Response date must be after infusion, and no infusion is recorded. Send it to EnrolmentService first.",
                    "疗效日期应晚于回输，尚无回输记录，请先提交回输记录。")
                : day <= infusion ? Check.Hard("A16", "response_date", "Response date must be after infusion.", "疗效日期应晚于回输。") : null;
        }
        else if (TreatmentFacts.Dates(facts)?.BaselineEnd is { } end && (day > end || (visit == Visit.Baseline && day < end.AddDays(-DaysOfBaseline))))
        {
            yield return Check.Query("A18", "response_date", "Baseline must be within 35 days before lymphodepletion.", "基线应在清淋前35天内。");
        }
    }
}
