using Equecel.Enrolment.CytogeneticSamples;
using Equecel.Enrolment.MyelomaHistories;
using Equecel.Enrolment.Sites;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Site.Types;

namespace Equecel.Enrolment.BaselineProfiles;

/// <summary>The disease: what it secretes, its stages and its risk.</summary>
internal static class DiseaseProfile
{
    /// <summary>A sample of so many days after the diagnosis still tells about the diagnosis.</summary>
    private const int DaysOfDiagnosis = 90;

    /// <summary>Writes them.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="forms">The forms.</param>
    public static void Fill(BaselineProfile profile, ProfileForms forms)
    {
        if (forms.History is { } history)
        {
            profile.SecretoryType = Secretion.Type(history.HeavyChain, history.LightChain);
            profile.Extramedullary = ThreeValued.ToV1(Secretion.IsExtramedullary(history.Extramedullary));
            profile.Extraosseous = ThreeValued.ToV1(Secretion.IsExtraosseous(history.Extramedullary));
            FillDiagnosis(profile, forms, history);
            FillBaseline(profile, forms, history);
        }

        var risk = new CytogeneticRisk(forms.Samples);
        if (forms.Samples.Any())
        {
            FillRisk(profile, risk);
        }

        // The blood alone can make it high.
        if (forms.Samples.Any() || forms.History is not null)
        {
            profile.HighRiskCgs2025 = ThreeValued.ToV1(HighRiskCgs2025(risk, forms.History));
        }
    }

    private static void FillDiagnosis(BaselineProfile profile, ProfileForms forms, MyelomaHistory history)
    {
        var diagnosis = PartialDate.Find(history.DiagnosisDate);
        var risk = new CytogeneticRisk(forms.Samples.Where(sample =>
            PartialDate.Find(sample.SampleDate)?.Earliest <= diagnosis?.Latest.AddDays(DaysOfDiagnosis)));
        var isLdhHigh = IsHigh(
            WireNumber.Find(history.HasDiagnosisLdhUPerL, history.DiagnosisLdhUPerL),
            WireNumber.Find(history.HasDiagnosisLdhUpperLimitUPerL, history.DiagnosisLdhUpperLimitUPerL), forms, diagnosis);
        var iss = InternationalStaging.Iss(
            WireNumber.Find(history.HasDiagnosisBeta2MicroglobulinMgPerL, history.DiagnosisBeta2MicroglobulinMgPerL),
            WireNumber.Find(history.HasDiagnosisAlbuminGPerL, history.DiagnosisAlbuminGPerL));
        profile.IssAtDiagnosis = iss;
        profile.RissAtDiagnosis = InternationalStaging.Riss(iss, risk.HighRiskRiss, isLdhHigh);
        profile.R2IssAtDiagnosis = InternationalStaging.R2Iss(iss, isLdhHigh, risk.Del17P, risk.T414, risk.More1Q);
    }

    private static void FillBaseline(BaselineProfile profile, ProfileForms forms, MyelomaHistory history)
    {
        var day = PartialDate.Find(history.BaselineDate) ?? (forms.InfusionDate is { } infusion ? new PartialDate(infusion, infusion) : null);
        var isLdhHigh = IsHigh(
            WireNumber.Find(history.HasBaselineLdhUPerL, history.BaselineLdhUPerL),
            WireNumber.Find(history.HasBaselineLdhUpperLimitUPerL, history.BaselineLdhUpperLimitUPerL), forms, day);
        profile.IssAtBaseline = InternationalStaging.Iss(
            WireNumber.Find(history.HasBaselineBeta2MicroglobulinMgPerL, history.BaselineBeta2MicroglobulinMgPerL),
            WireNumber.Find(history.HasBaselineAlbuminGPerL, history.BaselineAlbuminGPerL));
        profile.RissAtBaseline = InternationalStaging.Riss(profile.IssAtBaseline, new CytogeneticRisk(forms.Samples).HighRiskRiss, isLdhHigh);
    }

    private static void FillRisk(BaselineProfile profile, CytogeneticRisk risk)
    {
        profile.HighRiskRiss = ThreeValued.ToV1(risk.HighRiskRiss);
        profile.HighRiskBroad = ThreeValued.ToV1(risk.HighRiskBroad);
        profile.DoubleHit = ThreeValued.ToV1(risk.DoubleHit);
        profile.TripleHit = ThreeValued.ToV1(risk.TripleHit);
    }

    private static bool? HighRiskCgs2025(CytogeneticRisk risk, MyelomaHistory? history) => risk.HighRiskCgs2025(
        history is null ? null : WireNumber.Find(history.HasDiagnosisBeta2MicroglobulinMgPerL, history.DiagnosisBeta2MicroglobulinMgPerL),
        history is null ? null : WireNumber.Find(history.HasDiagnosisCreatinineUmolPerL, history.DiagnosisCreatinineUmolPerL));

    private static bool? IsHigh(decimal? ldh, decimal? limit, ProfileForms forms, PartialDate? day)
    {
        var above = limit ?? UpperLimit.Find(forms.LaboratoryRanges, LaboratoryTest.Ldh, forms.Participation.Sex, forms.BirthMonth, day);
        return ldh is null || above is null ? null : ldh > above;
    }
}
