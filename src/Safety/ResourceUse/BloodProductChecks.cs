using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;

namespace Equecel.Safety.ResourceUse;

/// <summary>Edit checks of transfusions and immunoglobulins.</summary>
public static class BloodProductChecks
{
    /// <summary>Finds everything that is wrong with a transfusion.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(Transfusion form, FormContext context) =>
    [
        .. Day(form.Date, context),
        Check.Needed("product", form.Product != Transfusion.Types.Product.Unspecified),
        Check.Required(context, "units", form.HasUnits),
        Check.Range("units", form.HasUnits ? form.Units : null, (1, 50)),
        Links.To<AdverseEvent>(context, "adverse_event_record_id", form.AdverseEventRecordId),
    ];

    /// <summary>Finds everything that is wrong with an infusion of immunoglobulin.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(ImmunoglobulinInfusion form, FormContext context) =>
    [
        .. Day(form.Date, context),
        Check.Required(context, "grams", form.HasGrams),
        Check.Range("grams", form.HasGrams ? form.Grams : null, (1, 200)),
        Links.To<AdverseEvent>(context, "adverse_event_record_id", form.AdverseEventRecordId),
    ];

    private static IEnumerable<Finding?> Day(string text, FormContext context)
    {
        yield return Check.Needed("date", text.Length > 0);
        yield return Check.Date("date", text, out var date);
        foreach (var finding in EventDate.Checks(context, "date", date))
        {
            yield return finding;
        }
    }
}
