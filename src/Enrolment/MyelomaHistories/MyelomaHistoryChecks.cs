using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.MyelomaHistories;

/// <summary>Edit checks of the myeloma up to the baseline.</summary>
internal static class MyelomaHistoryChecks
{
    private const int AdultYears = 18;
    private const int MostSites = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(MyelomaHistory form, FormContext context) =>
        Diagnosis(form, context).Concat(Laboratory(form)).Concat(Disease(form, context)).Concat(Stages(form));

    private static IEnumerable<Finding?> Diagnosis(MyelomaHistory form, FormContext context)
    {
        yield return Check.Required(context, "diagnosis_date", form.DiagnosisDate.Length > 0);
        yield return PartialDate.Check(context, "diagnosis_date", form.DiagnosisDate);
        yield return Check.Required(context, "heavy_chain", form.HeavyChain != HeavyChain.Unspecified);
        yield return Check.Required(context, "light_chain", form.LightChain != LightChain.Unspecified);
        yield return Check.Required(context, "extramedullary", form.Extramedullary != Extramedullary.Unspecified);
        if (PartialDate.Find(form.DiagnosisDate) is not { } diagnosis || context.Facts is not { } facts)
        {
            yield break;
        }

        yield return diagnosis.Earliest > CivilDate.Find(facts.EnrolmentDate)
            ? Check.Hard("E10", "diagnosis_date", "The diagnosis is dated after enrolment.", "诊断日期晚于入组日期。")
            : null;
        yield return LeukapheresisOrder(context, "diagnosis_date", diagnosis, CivilDate.Find(facts.LeukapheresisDate));
        yield return CivilDate.FindMonth(facts.BirthYearMonth) is { } birth && diagnosis.Latest < birth.AddYears(AdultYears)
            ? Check.Query("E05", "diagnosis_date", "Unusual diagnosis_date; please confirm. It is before the age of 18.", "diagnosis_date数值异常，请核实。诊断时未满18岁。")
            : null;
    }

    /// <summary>E06: diagnosis surely after leukapheresis.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">Field of the date that is being saved.</param>
    /// <param name="diagnosis">The diagnosis; null when not known.</param>
    /// <param name="leukapheresis">The leukapheresis; null when there is none.</param>
    public static Finding? LeukapheresisOrder(FormContext context, string field, PartialDate? diagnosis, DateOnly? leukapheresis) =>
        diagnosis?.Earliest > leukapheresis
            ? JourneyDates.HardIfProspective(context, "E06", field, "Diagnosis must precede leukapheresis.", "诊断日期应早于单采日期。")
            : null;

    private static IEnumerable<Finding?> Laboratory(MyelomaHistory form)
    {
        yield return Check.Range("diagnosis_beta2_microglobulin_mg_per_l", form.HasDiagnosisBeta2MicroglobulinMgPerL ? form.DiagnosisBeta2MicroglobulinMgPerL : null, (0.5m, 100), (1, 40));
        yield return Check.Range("diagnosis_albumin_g_per_l", form.HasDiagnosisAlbuminGPerL ? form.DiagnosisAlbuminGPerL : null, (10, 65), (20, 55));
        yield return Check.Range("diagnosis_ldh_u_per_l", form.HasDiagnosisLdhUPerL ? form.DiagnosisLdhUPerL : null, (20, 10_000));
        yield return Check.Range("diagnosis_ldh_upper_limit_u_per_l", form.HasDiagnosisLdhUpperLimitUPerL ? form.DiagnosisLdhUpperLimitUPerL : null, (100, 500));
        yield return Check.Range("diagnosis_creatinine_umol_per_l", form.HasDiagnosisCreatinineUmolPerL ? form.DiagnosisCreatinineUmolPerL : null, (10, 3000));
        yield return Check.Range("baseline_beta2_microglobulin_mg_per_l", form.HasBaselineBeta2MicroglobulinMgPerL ? form.BaselineBeta2MicroglobulinMgPerL : null, (0.5m, 100), (1, 40));
        yield return Check.Range("baseline_albumin_g_per_l", form.HasBaselineAlbuminGPerL ? form.BaselineAlbuminGPerL : null, (10, 65), (20, 55));
        yield return Check.Range("baseline_ldh_u_per_l", form.HasBaselineLdhUPerL ? form.BaselineLdhUPerL : null, (20, 10_000));
        yield return Check.Range("baseline_ldh_upper_limit_u_per_l", form.HasBaselineLdhUpperLimitUPerL ? form.BaselineLdhUpperLimitUPerL : null, (100, 500));
        yield return Check.Range("baseline_creatinine_umol_per_l", form.HasBaselineCreatinineUmolPerL ? form.BaselineCreatinineUmolPerL : null, (10, 3000));
    }

    private static IEnumerable<Finding?> Disease(MyelomaHistory form, FormContext context)
    {
        yield return Check.Date("baseline_date", form.BaselineDate, out var baseline);
        yield return Check.NotInFuture(context, "baseline_date", baseline);
        yield return Check.BeforeWithdrawal(context, "baseline_date", baseline);
        yield return Check.Range("circulating_plasma_cells_percent", form.HasCirculatingPlasmaCellsPercent ? form.CirculatingPlasmaCellsPercent : null, (0, 100));
        yield return Check.Range("circulating_plasma_cells_per_ul", form.HasCirculatingPlasmaCellsPerUl ? form.CirculatingPlasmaCellsPerUl : null, (0, 100_000));
        yield return WireNumber.Find(form.HasCirculatingPlasmaCellsPercent, form.CirculatingPlasmaCellsPercent) is >= 5 and <= 100
            ? Check.Query("E05", "circulating_plasma_cells_percent", "5 % or more is plasma cell leukaemia; please confirm.", "循环浆细胞≥5%提示浆细胞白血病，请核实。")
            : null;

        var anywhere = Secretion.IsExtramedullary(form.Extramedullary);
        yield return anywhere == true ? Check.Needed("extramedullary_sites", form.ExtramedullarySites.Count > 0) : null;
        yield return anywhere == false && form.ExtramedullarySites.Count > 0
            ? Check.Hard("F04", "extramedullary", "Sites are listed, but there is no extramedullary disease. Correct one of the two.", "已列出髓外病灶但选择无髓外病变，请更正。")
            : null;
        yield return Check.Count("extramedullary_sites", form.ExtramedullarySites, MostSites);
        foreach (var finding in form.ExtramedullarySites.Take(MostSites).SelectMany((site, i) => Site(context, site, $"extramedullary_sites[{i}].")))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding?> Site(FormContext context, ExtramedullarySite site, string path)
    {
        yield return Check.Needed(path + "site", site.Site.Trim().Length > 0);
        yield return Check.Text(path + "site", site.Site, 200);
        yield return Check.Range(path + "long_diameter_mm", site.HasLongDiameterMm ? site.LongDiameterMm : null, (0, 400));
        yield return Check.Range(path + "short_axis_mm", site.HasShortAxisMm ? site.ShortAxisMm : null, (0, 400));
        yield return WireNumber.Find(site.HasShortAxisMm, site.ShortAxisMm) > WireNumber.Find(site.HasLongDiameterMm, site.LongDiameterMm)
            ? Check.Hard("A20", path + "short_axis_mm", "Short axis cannot exceed long diameter.", "短径不能大于长径。")
            : null;
        yield return Check.Date(path + "imaging_date", site.ImagingDate, out var imaged);
        yield return Check.NotInFuture(context, path + "imaging_date", imaged);
    }

    // The R-ISS needs the cytogenetics as well: the baseline profile compares it.
    private static IEnumerable<Finding?> Stages(MyelomaHistory form)
    {
        yield return form.ReportedIssAtDiagnosis == Stage.Iv
            ? Check.Hard("F04", "reported_iss_at_diagnosis", "The ISS has the stages I, II and III.", "ISS仅有I、II、III期。")
            : null;
        yield return form.ReportedRissAtDiagnosis == Stage.Iv
            ? Check.Hard("F04", "reported_riss_at_diagnosis", "The R-ISS has the stages I, II and III.", "R-ISS仅有I、II、III期。")
            : null;
        yield return StageComparison.Find("reported_iss_at_diagnosis", "ISS", form.ReportedIssAtDiagnosis, InternationalStaging.Iss(
            WireNumber.Find(form.HasDiagnosisBeta2MicroglobulinMgPerL, form.DiagnosisBeta2MicroglobulinMgPerL),
            WireNumber.Find(form.HasDiagnosisAlbuminGPerL, form.DiagnosisAlbuminGPerL)));
    }
}
