using Equecel.Common.V1;
using Equecel.Enrolment.Lymphodepletions;
using Equecel.Enrolment.Therapies;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.BridgingTherapies;

/// <summary>Edit checks of bridging therapy.</summary>
internal static class BridgingChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Bridging form, FormContext context)
    {
        var isGiven = form.Given == YesNoUnknown.Yes;
        yield return Check.Required(context, "given", form.Given != YesNoUnknown.Unspecified);
        yield return form.Given is YesNoUnknown.No or YesNoUnknown.Unknown
            && (form.StartDate.Length > 0 || form.HasEndDate || form.Treatments.Count > 0 || form.Response != TherapyResponse.Unspecified)
            ? Check.Hard("F04", "given", "Therapy is described, but none was given. Correct one of the two.", "已填治疗内容但选择未给予，请更正。")
            : null;
        yield return isGiven ? Check.Required(context, "start_date", form.StartDate.Length > 0) : null;
        yield return Check.Date("start_date", form.StartDate, out var start);
        yield return Check.Date("end_date", form.EndDate, out var end);
        foreach (var finding in JourneyDates.OnTime(context, "start_date", start).Concat(JourneyDates.OnTime(context, "end_date", end)))
        {
            yield return finding;
        }

        yield return end < start ? Check.Hard("E10", "end_date", "End date is before start date.", "结束日期早于开始日期。") : null;
        foreach (var finding in TreatmentChecks.Run(context, form.Treatments, required: isGiven))
        {
            yield return finding;
        }

        yield return BridgingOrder.Find(
            context, "start_date", Journey.Collections(context, form.SecondInfusion), [form],
            DepletionDays.Find(Journey.Depletion(context, form.SecondInfusion))?.First);
    }
}
