using Equecel.Common.V1;
using Equecel.Enrolment.Eligibilities;
using Equecel.Enrolment.Infusions;
using Equecel.Enrolment.V1;
using Equecel.StudyRules;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>The way to the infusion.</summary>
internal static class JourneyProfile
{
    /// <summary>Writes it.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="forms">The forms.</param>
    public static void Fill(BaselineProfile profile, ProfileForms forms)
    {
        if (Apheresis.VeinToVeinDays(forms.Aphereses, forms.InfusionDate) is { } days)
        {
            profile.VeinToVeinDays = days;
        }

        if (forms.Infusion is { } given && InfusionChecks.DosePerKg(given) is { } dose)
        {
            profile.DoseMillionCellsPerKg = (double)Math.Round(dose, 3);
        }

        var bridgings = forms.Of<Bridging>().Where(form => !form.SecondInfusion).Select(form => form.Given).ToHashSet();
        if (bridgings.Count > 0)
        {
            profile.BridgingGiven = bridgings.Contains(YesNoUnknown.Yes) ? YesNoUnknown.Yes
                : bridgings.SetEquals([YesNoUnknown.No]) ? YesNoUnknown.No
                : YesNoUnknown.Unknown;
        }

        if (forms.Of<Eligibility>().FirstOrDefault() is { } eligibility)
        {
            profile.Eligible = ThreeValued.ToV1(EligibilityChecks.IsEligible(eligibility));
        }
    }
}
