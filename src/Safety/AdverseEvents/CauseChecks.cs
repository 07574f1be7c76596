using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.AdverseEvents;

/// <summary>Edit checks of what may have caused an adverse event.</summary>
internal static class CauseChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    public static IEnumerable<Finding?> Run(AdverseEvent form)
    {
        yield return Lists.EachOnce("causes", [.. form.Causes.Select(cause => cause.Cause)]);
        foreach (var (i, cause) in form.Causes.Index())
        {
            yield return Check.Needed($"causes[{i}].causality", cause.Causality != Causality.Unspecified);
            yield return Lists.NeededText($"causes[{i}].text", cause.Cause is Cause.OtherDrug or Cause.Other, cause.Text, 200);
        }

        yield return form.Causes.All(cause => cause.Cause != Cause.EqueCel)
            ? Check.Query("S26", "causes", "Assess relation to eque-cel.", "请评估与伊基奥仑赛的相关性。")
            : null;
    }
}
