using Equecel.Enrolment.BridgingTherapies;
using Equecel.Enrolment.MyelomaHistories;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.StudyRules;
using static Equecel.Enrolment.V1.Leukapheresis.Types;

namespace Equecel.Enrolment.Leukaphereses;

/// <summary>Edit checks of a leukapheresis.</summary>
internal static class LeukapheresisChecks
{
    private const int FewestDays = 14;
    private const int MostDays = 210;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Leukapheresis form, FormContext context)
    {
        yield return Check.RequiredDate(context, "collection_date", form.CollectionDate, out var collected);
        foreach (var finding in JourneyDates.OnTime(context, "collection_date", collected))
        {
            yield return finding;
        }

        yield return Check.Range("attempt_number", form.HasAttemptNumber ? form.AttemptNumber : null, (1, 10));
        yield return Check.Range("lymphocytes_before_e9_per_l", form.HasLymphocytesBeforeE9PerL ? form.LymphocytesBeforeE9PerL : null, (0, 100));
        yield return Check.Required(context, "collection_outcome", form.CollectionOutcome != CollectionOutcome.Unspecified);
        yield return form is { CollectionOutcome: CollectionOutcome.Failed, ManufacturingOutcome: ManufacturingOutcome.ReleasedInSpecification }
            ? Check.Query("E05", "manufacturing_outcome", "A product was released from a failed collection; please confirm.", "采集失败但产品放行，请核实。")
            : null;
        yield return MyelomaHistoryChecks.LeukapheresisOrder(context, "collection_date", PartialDate.Find(context.Facts?.DiagnosisDate ?? ""), collected);

        var infusion = Journey.InfusionDate(context, form.SecondInfusion);
        yield return Order("collection_date", collected, infusion);
        var others = Journey.Aphereses(context, form.SecondInfusion).ToList();
        yield return collected is { } day && Apheresis.ProductDateOf([.. others, Apheresis.Of(day, form)], infusion) == day ? Interval("collection_date", day, infusion) : null;
        yield return BridgingOrder.Find(context, "collection_date", [.. others.Select(other => other.Date), .. collected is { } own ? [own] : Array.Empty<DateOnly>()],
            Journey.Bridgings(context, form.SecondInfusion), depletion: null);
    }

    /// <summary>E14: leukapheresis after the infusion.</summary>
    /// <param name="field">Field of the date that is being saved.</param>
    /// <param name="collected">The leukapheresis; null when not known.</param>
    /// <param name="infusion">The infusion; null when there is none.</param>
    public static Finding? Order(string field, DateOnly? collected, DateOnly? infusion) =>
        collected > infusion ? Check.Hard("E14", field, "Leukapheresis must be before infusion.", "单采应早于回输。") : null;

    /// <summary>E15: an unusual time from vein to vein.</summary>
    /// <param name="field">Field of the date that is being saved.</param>
    /// <param name="collected">The leukapheresis that the product was made of; null when not known.</param>
    /// <param name="infusion">The infusion; null when there is none.</param>
    public static Finding? Interval(string field, DateOnly? collected, DateOnly? infusion) =>
        infusion?.DayNumber - collected?.DayNumber is >= 0 and (< FewestDays or > MostDays) and { } days
            ? Check.Query("E15", field, $"Interval from leukapheresis to infusion is {days} days; confirm.", $"单采至回输间隔{days}天，请核实。")
            : null;
}
