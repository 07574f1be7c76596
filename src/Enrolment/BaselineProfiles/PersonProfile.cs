using Equecel.Common.V1;
using Equecel.Enrolment.MyelomaHistories;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using static Equecel.Enrolment.V1.Participation.Types;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>Body, age and kidneys.</summary>
internal static class PersonProfile
{
    private const int MiddleOfMonth = 14;

    /// <summary>Body mass index in kg/m², to two decimals; null when one of the two is missing.</summary>
    /// <param name="heightCm">Height in centimetres.</param>
    /// <param name="massKg">Body mass in kilograms.</param>
    public static decimal? BodyMassIndex(decimal? heightCm, decimal? massKg) =>
        heightCm is > 0 and { } height && massKg is { } mass ? Math.Round(mass * 10_000 / (height * height), 2) : null;

    /// <summary>Body surface in m², to two decimals; null when one of the two is missing.</summary>
    /// <param name="heightCm">Height in centimetres.</param>
    /// <param name="massKg">Body mass in kilograms.</param>
    /// <remarks>Source: Mosteller, New England Journal of Medicine 1987, 317:1098.</remarks>
    public static decimal? BodySurface(decimal? heightCm, decimal? massKg) =>
        heightCm is { } height && massKg is { } mass ? Math.Round((decimal)Math.Sqrt((double)(height * mass / 3600)), 2) : null;

    /// <summary>Completed years for a birth in the middle of the month; null when one of the two is missing.</summary>
    /// <param name="birthMonth">First day of the month of birth.</param>
    /// <param name="day">The day.</param>
    public static int? YearsOn(DateOnly? birthMonth, DateOnly? day)
    {
        if (birthMonth?.AddDays(MiddleOfMonth) is not { } birth || day is not { } on)
        {
            return null;
        }

        var years = on.Year - birth.Year;
        return on < birth.AddYears(years) ? years - 1 : years;
    }

    /// <summary>Writes them.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="forms">The forms.</param>
    public static void Fill(BaselineProfile profile, ProfileForms forms)
    {
        var participation = forms.Participation;
        var (height, mass) = (WireNumber.Find(participation.HasHeightCm, participation.HeightCm), WireNumber.Find(participation.HasBodyMassKg, participation.BodyMassKg));
        if (BodyMassIndex(height, mass) is { } index)
        {
            profile.BmiKgPerM2 = (double)index;
        }

        if (BodySurface(height, mass) is { } surface)
        {
            profile.BodySurfaceM2 = (double)surface;
        }

        if (YearsOn(forms.BirthMonth, forms.InfusionDate) is { } age)
        {
            profile.AgeAtInfusionYears = age;
        }

        if (forms.History is { } history)
        {
            FillKidneys(profile, forms, history);
        }
    }

    private static void FillKidneys(BaselineProfile profile, ProfileForms forms, MyelomaHistory history)
    {
        var creatinine = WireNumber.Find(history.HasBaselineCreatinineUmolPerL, history.BaselineCreatinineUmolPerL);
        var age = YearsOn(forms.BirthMonth, CivilDate.Find(history.BaselineDate) ?? forms.InfusionDate);
        if (creatinine is not { } measured || measured <= 0 || age is not { } years || forms.Participation.Sex == Sex.Unspecified)
        {
            (profile.RenalImpairment, profile.SevereRenalImpairment) = (YesNoUnknown.Unknown, YesNoUnknown.Unknown);
            return;
        }

        var female = forms.Participation.Sex == Sex.Female;
        profile.EgfrMlPerMin = (double)KidneyFunction.EstimateGfr(measured, years, female);
        profile.RenalImpairment = ThreeValued.ToV1(KidneyFunction.IsBelow(60, measured, years, female));
        profile.SevereRenalImpairment = ThreeValued.ToV1(KidneyFunction.IsBelow(30, measured, years, female));
    }
}
