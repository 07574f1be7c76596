using Equecel.Common.V1;
using Equecel.Enrolment.MyelomaHistories;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.BaselineProfile.Types;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.Tests.MyelomaHistories;

public sealed class MyelomaHistoryChecksTests
{
    private static ParticipantFacts Facts => new() { BirthYearMonth = "1960-05", EnrolmentDate = "2024-01-11", LeukapheresisDate = "2024-01-05" };

    public static TheoryData<string, Action<MyelomaHistory>> Cases => new()
    {
        { "", _ => { } },
        { "F01! diagnosis_date", form => form.ClearDiagnosisDate() },
        { "F03! diagnosis_date", form => form.DiagnosisDate = "05/2019" },
        { "E01! diagnosis_date, E10! diagnosis_date, E06! diagnosis_date", form => form.DiagnosisDate = "2024-08" },
        { "E10! diagnosis_date, E06! diagnosis_date", form => form.DiagnosisDate = "2024-01-12" },
        { "E06! diagnosis_date", form => form.DiagnosisDate = "2024-01-06" },
        { "", form => form.DiagnosisDate = "2024-01-05" },
        { "", form => form.DiagnosisDate = "2024-01" },
        { "E05? diagnosis_date", form => form.DiagnosisDate = "1978-04" },
        { "", form => form.DiagnosisDate = "1978-05" },
        { "F01! heavy_chain", form => form.HeavyChain = HeavyChain.Unspecified },
        { "F01! light_chain", form => form.LightChain = LightChain.Unspecified },
        { "F01! extramedullary", form => form.Extramedullary = Extramedullary.Unspecified },
        { "F02! diagnosis_beta2_microglobulin_mg_per_l", form => form.DiagnosisBeta2MicroglobulinMgPerL = 0.4 },
        { "E05? diagnosis_beta2_microglobulin_mg_per_l", form => form.DiagnosisBeta2MicroglobulinMgPerL = 40.1 },
        { "F02! diagnosis_albumin_g_per_l", form => form.DiagnosisAlbuminGPerL = 3.6 },
        { "E05? diagnosis_albumin_g_per_l", form => form.DiagnosisAlbuminGPerL = 19.9 },
        { "F02! diagnosis_ldh_u_per_l", form => form.DiagnosisLdhUPerL = 19 },
        { "F02! diagnosis_ldh_upper_limit_u_per_l", form => form.DiagnosisLdhUpperLimitUPerL = 501 },
        { "F02! diagnosis_creatinine_umol_per_l", form => form.DiagnosisCreatinineUmolPerL = 0.8 },
        { "F02! baseline_beta2_microglobulin_mg_per_l", form => form.BaselineBeta2MicroglobulinMgPerL = 101 },
        { "F02! baseline_albumin_g_per_l", form => form.BaselineAlbuminGPerL = 66 },
        { "F02! baseline_ldh_u_per_l", form => form.BaselineLdhUPerL = 10_001 },
        { "F02! baseline_ldh_upper_limit_u_per_l", form => form.BaselineLdhUpperLimitUPerL = 99 },
        { "F02! baseline_creatinine_umol_per_l", form => form.BaselineCreatinineUmolPerL = 3001 },
        { "F03! baseline_date", form => form.BaselineDate = "2024-02" },
        { "E01! baseline_date", form => form.BaselineDate = "2024-07-02" },
        { "F02! circulating_plasma_cells_percent", form => form.CirculatingPlasmaCellsPercent = 101 },
        { "E05? circulating_plasma_cells_percent", form => form.CirculatingPlasmaCellsPercent = 5 },
        { "", form => form.CirculatingPlasmaCellsPercent = 4.9 },
        { "F02! circulating_plasma_cells_per_ul", form => form.CirculatingPlasmaCellsPerUl = -1 },
        { "F01! extramedullary_sites", form => form.Extramedullary = Extramedullary.Paraskeletal },
        { "F04! extramedullary", form => form.ExtramedullarySites.Add(new ExtramedullarySite { Site = "Liver" }) },
        { "", form => form.Somewhere(_ => { }) },
        { "F01! extramedullary_sites[0].site", form => form.Somewhere(site => site.Site = "") },
        { "F02! extramedullary_sites[0].long_diameter_mm", form => form.Somewhere(site => site.LongDiameterMm = 401) },
        { "A20! extramedullary_sites[0].short_axis_mm", form => form.Somewhere(site => site.ShortAxisMm = 20.1) },
        { "E01! extramedullary_sites[0].imaging_date", form => form.Somewhere(site => site.ImagingDate = "2024-07-02") },
        { "", form => form.ReportedIssAtDiagnosis = Stage.Ii },
        { "E07? reported_iss_at_diagnosis", form => form.ReportedIssAtDiagnosis = Stage.I },
        { "", form => form.ReportedIssAtDiagnosis = Stage.Unknown },
        { "", form => { form.ReportedIssAtDiagnosis = Stage.I; form.ClearDiagnosisBeta2MicroglobulinMgPerL(); } },
        { "F04! reported_iss_at_diagnosis", form => form.ReportedIssAtDiagnosis = Stage.Iv },
        { "F04! reported_riss_at_diagnosis", form => form.ReportedRissAtDiagnosis = Stage.Iv },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<MyelomaHistory> change)
    {
        var form = Form.History();
        change(form);

        Assert.Equal(expected, MyelomaHistoryChecks.Run(form, Form.Context(facts: Facts)).Brief());
    }

    [Fact]
    public void What_an_archive_lacks_is_stated_and_its_order_is_a_question()
    {
        var form = Form.History();
        form.DiagnosisDate = "2024-01-06";
        Assert.Equal("E06? diagnosis_date", MyelomaHistoryChecks.Run(form, Form.Context(DataOrigin.Retrospective, Facts)).Brief());

        form.ClearDiagnosisDate();
        Assert.Equal("", MyelomaHistoryChecks.Run(form, Form.Context(DataOrigin.Retrospective, Facts, ("diagnosis_date", MissingReason.NotAvailable))).Brief());
    }

    [Fact]
    public void A_stage_that_differs_is_told_with_the_computed_one()
    {
        var form = Form.History();
        form.ReportedIssAtDiagnosis = Stage.Iii;
        var finding = MyelomaHistoryChecks.Run(form, Form.Context(facts: Facts)).OfType<Records.V1.Finding>().Single();

        Assert.Equal(("Reported ISS III differs from calculated ISS II.", "报告分期ISS III与计算结果ISS II不一致。"), (finding.Message, finding.MessageZh));
    }

    [Theory]
    [InlineData(HeavyChain.Igg, LightChain.Kappa, SecretoryType.IntactIg)]
    [InlineData(HeavyChain.Biclonal, LightChain.Unknown, SecretoryType.IntactIg)]
    [InlineData(HeavyChain.None, LightChain.Lambda, SecretoryType.LightChainOnly)]
    [InlineData(HeavyChain.None, LightChain.None, SecretoryType.NonSecretory)]
    [InlineData(HeavyChain.None, LightChain.Unknown, SecretoryType.Unknown)]
    [InlineData(HeavyChain.Unknown, LightChain.Kappa, SecretoryType.Unknown)]
    public void The_chains_tell_what_is_secreted(HeavyChain heavy, LightChain light, SecretoryType expected) =>
        Assert.Equal(expected, Secretion.Type(heavy, light));

    [Theory]
    [InlineData(Extramedullary.None, false, false)]
    [InlineData(Extramedullary.Paraskeletal, true, false)]
    [InlineData(Extramedullary.Extraosseous, true, true)]
    [InlineData(Extramedullary.Both, true, true)]
    [InlineData(Extramedullary.Cns, true, true)]
    [InlineData(Extramedullary.Unknown, null, null)]
    public void Disease_beside_bone_is_extramedullary_but_not_extraosseous(Extramedullary where, bool? any, bool? away) =>
        Assert.Equal((any, away), (Secretion.IsExtramedullary(where), Secretion.IsExtraosseous(where)));

    // Worked out from the published equation.
    [Theory]
    [InlineData("70.72", 50, true, "89.7")]
    [InlineData("88.4", 60, false, "86.2")]
    [InlineData("53.04", 40, true, "116.3")]
    [InlineData("442", 70, false, "11.7")]
    public void Filtration_follows_the_equation_of_2021(string creatinine, int age, bool female, string expected) =>
        Assert.Equal(expected, KidneyFunction.EstimateGfr(decimal.Parse(creatinine, System.Globalization.CultureInfo.InvariantCulture), age, female).ToString(System.Globalization.CultureInfo.InvariantCulture));
}

internal static class MyelomaHistoryForms
{
    /// <summary>Says that there is a plasmacytoma of 20 by 15 mm in the liver.</summary>
    public static void Somewhere(this MyelomaHistory form, Action<ExtramedullarySite> change)
    {
        var site = new ExtramedullarySite { Site = "Liver", LongDiameterMm = 20, ShortAxisMm = 15, Method = Imaging.Ct, ImagingDate = "2024-02-01" };
        change(site);
        form.Extramedullary = Extramedullary.Extraosseous;
        form.ExtramedullarySites.Add(site);
    }
}
