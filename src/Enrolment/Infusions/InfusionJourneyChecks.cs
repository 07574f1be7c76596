using Equecel.Enrolment.Leukaphereses;
using Equecel.Enrolment.Lymphodepletions;
using Equecel.Enrolment.SubsequentTherapies;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.StudyRules;

namespace Equecel.Enrolment.Infusions;

/// <summary>Edit checks of the infusion against what came before and after it.</summary>
internal static class InfusionJourneyChecks
{
    private const string Field = "start_time";

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Infusion form, FormContext context)
    {
        if (CivilDate.FindInChina(form.StartTime) is not { } infused)
        {
            yield break;
        }

        yield return infused > CivilDate.Find(context.Facts?.DeathDate ?? "") ? JourneyDates.AfterDeath(Field) : null;
        var collections = Journey.Collections(context, form.SecondInfusion);
        DateOnly? last = collections.Count == 0 ? null : collections.Max();
        yield return LeukapheresisChecks.Order(Field, last, infused);
        yield return LeukapheresisChecks.Interval(Field, Apheresis.ProductDateOf(Journey.Aphereses(context, form.SecondInfusion), infused), infused);
        foreach (var finding in DepletionDays.Find(Journey.Depletion(context, form.SecondInfusion))?.Against(Field, infused) ?? [])
        {
            yield return finding;
        }

        var other = CivilDate.FindInChina(Journey.Others<Infusion>(context).FirstOrDefault(other => other.SecondInfusion != form.SecondInfusion)?.StartTime);
        yield return (form.SecondInfusion ? infused < other : other < infused)
            ? Check.Hard("E23", Field, "A participant has one infusion; mark re-infusion explicitly. The second one cannot lie before the first.", "每位受试者仅一次回输；如再次回输请注明，且不得早于首次回输。")
            : null;
        yield return form.SecondInfusion ? null : SubsequentTherapyChecks.Order(Field, CivilDate.Find(context.Facts?.NewTherapyDate ?? ""), infused);
        yield return Journey.Others<FollowUp>(context).Any(followUp => followUp.Status == FollowUp.Types.Status.NotInfused)
            ? Check.Query("E26", Field, "A follow-up says that the participant was not infused; please confirm.", "随访记录为未回输，请核实。")
            : null;
    }
}
