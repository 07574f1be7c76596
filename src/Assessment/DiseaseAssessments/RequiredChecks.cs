using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.StudyRules;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of what must be there: the tests of a visit, and what goes with a result.</summary>
internal static class RequiredChecks
{
    /// <summary>Finds everything that is missing without a reason.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form, FormContext context) => Visit(form, context)
        .Concat(RequiredTests.Of(form).Select(field => Given(form, context, field)))
        .Concat(Companions(form, context));

    private static IEnumerable<Finding?> Visit(DiseaseAssessment form, FormContext context)
    {
        yield return Check.Needed("visit", form.Visit != Common.V1.Visit.Unspecified);
        yield return form.Visit == Common.V1.Visit.Unspecified || form.Visit.IsBeforeInfusion()
            ? null
            : Check.Required(context, "investigator_response", form.InvestigatorResponse != Response.Unspecified);
    }

    private static IEnumerable<Finding?> Companions(DiseaseAssessment form, FormContext context)
    {
        var hasMarrow = form.HasMarrowPlasmaCellsPercent || form.MarrowClonality != CellSearch.Unspecified;
        yield return form.HasUrineMProteinMgPer24H ? Given(form, context, "urine_volume_ml") : null;
        yield return hasMarrow ? Given(form, context, "marrow_method") : null;
        yield return form.MarrowClonality is CellSearch.Negative or CellSearch.Positive ? Given(form, context, "clonality_method") : null;
        yield return form.Mrd is CellSearch.Negative or CellSearch.Positive ? Given(form, context, "mrd_method") : null;
        yield return form.Mrd is CellSearch.Negative or CellSearch.Positive ? Given(form, context, "mrd_sensitivity") : null;
        yield return form.Plasmacytomas.Count > 0 || form.NewLesion is YesNoUnknown.Yes or YesNoUnknown.No ? Given(form, context, "imaging_date") : null;
    }

    private static Finding? Given(DiseaseAssessment form, FormContext context, string field)
    {
        var descriptor = DiseaseAssessment.Descriptor.FindFieldByName(field);
        var isGiven = descriptor.HasPresence ? descriptor.Accessor.HasValue(form) : Convert.ToInt32(descriptor.Accessor.GetValue(form), null) != 0;
        return isGiven || context.Missing.ContainsKey(field)
            ? null
            : Check.Hard("F01", field, "Required. Fill it in, or state in the header's missing why it is not there.", "必填项，请填写，或在missing中注明缺失原因。");
    }
}
