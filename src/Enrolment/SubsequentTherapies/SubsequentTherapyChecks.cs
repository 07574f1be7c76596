using Equecel.Enrolment.Therapies;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.SubsequentTherapy.Types;

namespace Equecel.Enrolment.SubsequentTherapies;

/// <summary>Edit checks of a new therapy after the infusion.</summary>
internal static class SubsequentTherapyChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(SubsequentTherapy form, FormContext context)
    {
        yield return Check.RequiredDate(context, "start_date", form.StartDate, out var start);
        yield return Check.Date("end_date", form.EndDate, out var end);
        foreach (var finding in JourneyDates.OnTime(context, "start_date", start).Concat(JourneyDates.OnTime(context, "end_date", end)))
        {
            yield return finding;
        }

        yield return end < start ? Check.Hard("E10", "end_date", "End date is before start date.", "结束日期早于开始日期。") : null;
        yield return Check.Required(context, "reason", form.Reason != Reason.Unspecified);
        foreach (var finding in TreatmentChecks.Run(context, form.Treatments))
        {
            yield return finding;
        }

        yield return Order("start_date", start, Journey.InfusionDate(context, second: false));
    }

    /// <summary>E24: not after the infusion.</summary>
    /// <param name="field">Field of the date that is being saved.</param>
    /// <param name="start">First day of the therapy; null when not known.</param>
    /// <param name="infusion">The first infusion; null when there is none.</param>
    public static Finding? Order(string field, DateOnly? start, DateOnly? infusion) => start <= infusion
        ? Check.Query("E24", field, "Subsequent therapy cannot start before infusion; is it bridging?", "后续治疗不能早于回输，是否为桥接治疗？")
        : null;
}
