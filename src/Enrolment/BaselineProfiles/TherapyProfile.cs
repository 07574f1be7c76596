using Equecel.Enrolment.PriorLines;
using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>What was given before, and what no longer worked.</summary>
internal static class TherapyProfile
{
    /// <summary>Writes it. Without a recorded line nothing is said.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="forms">The forms.</param>
    public static void Fill(BaselineProfile profile, ProfileForms forms)
    {
        var collections = forms.Collections;
        var exposure = new TherapyExposure(forms.Of<PriorLine>(), collections.Count > 0 ? collections[0] : forms.InfusionDate);
        if (exposure.LineCount == 0)
        {
            return;
        }

        profile.PriorLineCount = exposure.LineCount;
        profile.PiExposed = ThreeValued.ToV1(exposure.Exposed(TherapyClass.Pi));
        profile.PiRefractory = ThreeValued.ToV1(exposure.Refractory(TherapyClass.Pi));
        profile.ImidExposed = ThreeValued.ToV1(exposure.Exposed(TherapyClass.Imid));
        profile.ImidRefractory = ThreeValued.ToV1(exposure.Refractory(TherapyClass.Imid));
        profile.AntiCd38Exposed = ThreeValued.ToV1(exposure.Exposed(TherapyClass.AntiCd38));
        profile.AntiCd38Refractory = ThreeValued.ToV1(exposure.Refractory(TherapyClass.AntiCd38));
        profile.TripleClassExposed = ThreeValued.ToV1(exposure.TripleClassExposed);
        profile.TripleClassRefractory = ThreeValued.ToV1(exposure.TripleClassRefractory);
        profile.PentaDrugExposed = ThreeValued.ToV1(exposure.PentaDrugExposed);
        profile.PentaDrugRefractory = ThreeValued.ToV1(exposure.PentaDrugRefractory);
        profile.RefractoryToLastLine = ThreeValued.ToV1(exposure.RefractoryToLastLine);
        profile.RelapsedAndRefractory = ThreeValued.ToV1(exposure.RelapsedAndRefractory);
        profile.PrimaryRefractory = ThreeValued.ToV1(exposure.PrimaryRefractory);
        profile.PriorAsct = ThreeValued.ToV1(exposure.Exposed(TherapyClass.Asct));
        profile.PriorBcma = ThreeValued.ToV1(exposure.PriorBcma);
        profile.PriorCart = ThreeValued.ToV1(exposure.PriorCart);
        profile.PriorBcmaCart = ThreeValued.ToV1(exposure.Exposed(TherapyClass.BcmaCart));
        if (collections.Count > 0 && exposure.LastDose is { } last && last <= collections[0])
        {
            profile.WashoutDays = collections[0].DayNumber - last.DayNumber;
        }
    }
}
