using Equecel.Assessment.DiseaseAssessments;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Records.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Assessment.Tests.DiseaseAssessments;

/// <summary>Each check fires on its condition and is silent beside it.</summary>
public sealed class DiseaseAssessmentChecksTests
{
    public static TheoryData<string, Action<DiseaseAssessment>> Week4Forms => new()
    {
        { "", _ => { } },
        { "F01! visit", form => form.Visit = Visit.Unspecified },
        { "F01! investigator_response", form => form.InvestigatorResponse = Response.Unspecified },
        { "F01! serum_m_protein_g_per_l, A10? investigator_response", form => form.ClearSerumMProteinGPerL() },
        { "F01! serum_immunofixation", form => form.SerumImmunofixation = Immunofixation.Unspecified },
        { "F01! urine_immunofixation", form => form.UrineImmunofixation = Immunofixation.Unspecified },
        { "", form => form.ClearUrineMProteinMgPer24H() },
        { "F01! kappa_mg_per_l", form => form.ClearKappaMgPerL() },
        { "F01! lambda_mg_per_l", form => form.ClearLambdaMgPerL() },
        { "F01! haemoglobin_g_per_l", form => form.ClearHaemoglobinGPerL() },
        { "F01! urine_volume_ml", form => form.ClearUrineVolumeMl() },
        { "F01! marrow_method", form => form.MarrowPlasmaCellsPercent = 4 },
        { "F01! clonality_method", form => (form.MarrowMethod, form.MarrowClonality) = (MarrowMethod.Biopsy, CellSearch.Negative) },
        { "F01! mrd_method, F01! mrd_sensitivity", form => form.Mrd = CellSearch.Positive },
        { "F01! imaging_date", form => form.NewLesion = YesNoUnknown.No },
        { "", form => (form.NewLesion, form.ImagingDate) = (YesNoUnknown.No, "2024-03-29") },

        { "F01! response_date", form => form.ResponseDate = "" },
        { "F03! response_date", form => form.ResponseDate = "29.03.2024" },
        { "E01! response_date", form => form.ResponseDate = "2024-07-02" },
        { "", form => form.ResponseDate = "2024-07-01" },
        { "A16! response_date", form => form.ResponseDate = "2024-03-01" },
        { "", form => form.ResponseDate = "2024-03-02" },
        { "F03! serum_date", form => form.SerumDate = "2024-3-29" },
        { "E01! blood_date, E05? blood_date", form => form.BloodDate = "2024-07-02" },
        { "E03! marrow_date, E05? marrow_date", form => form.MarrowDate = "2024-01-09" },
        { "E05? urine_date", form => form.UrineDate = "2024-03-21" },
        { "", form => form.UrineDate = "2024-03-22" },

        { "A01! serum_m_protein_g_per_l", form => form.SerumMProteinGPerL = 150.1 },
        { "A01! serum_m_protein_g_per_l", form => form.SerumMProteinGPerL = -1 },
        { "A01! haemoglobin_g_per_l", form => form.HaemoglobinGPerL = 11 },
        { "", form => form.HaemoglobinGPerL = 20 },
        { "A01! mrd_detection_limit", form => form.MrdDetectionLimit = 0 },
        { "", form => form.MrdDetectionLimit = 0.00001 },
        { "E05? urine_volume_ml", form => form.UrineVolumeMl = 399 },
        { "E05? kappa_mg_per_l", form => form.KappaMgPerL = 0.4 },
        { "E05? clonality_cell_count", form =>
            (form.MarrowMethod, form.MarrowClonality, form.ClonalityMethod, form.ClonalityCellCount) = (MarrowMethod.Biopsy, CellSearch.Positive, ClonalityMethod.Immunohistochemistry, 99) },

        { "A03? serum_m_protein_g_per_l", form => (form.SerumImmunofixation, form.SerumBand) = (Immunofixation.Negative, Band.Unspecified) },
        { "", form => (form.SerumImmunofixation, form.SerumMProteinComparator) = (Immunofixation.Negative, Comparator.Less) },
        { "A03? urine_m_protein_mg_per_24h", form => form.UrineMProteinMgPer24H = 10 },
        { "A04? light_chain_ratio", form => form.LightChainRatio = 1.06 },
        { "", form => form.LightChainRatio = 1.05 },
        { "", form => form.LightChainRatio = 0.95 },
        { "A04? light_chain_ratio", form => form.LightChainRatio = 0.94 },
        { "A05? urine_m_protein_mg_per_24h", form =>
            (form.UrineMProteinMgPer24H, form.UrineTotalProteinMgPer24H, form.UrineImmunofixation, form.UrineBand) = (90, 89, Immunofixation.Positive, Band.Original) },
        { "", form => (form.UrineMProteinMgPer24H, form.UrineTotalProteinMgPer24H, form.UrineImmunofixation, form.UrineBand) = (90, 90, Immunofixation.Positive, Band.Original) },

        { "A20! plasmacytomas[0].short_axis_mm", form => form.Image("2024-03-29", Form.Lesion(15, 15.1)) },
        { "F04! plasmacytomas[1].lesion_id", form => form.Image("2024-03-29", Form.Lesion(), Form.Lesion()) },
        { "A01! plasmacytomas[0].long_diameter_mm", form => form.Image("2024-03-29", Form.Lesion(401)) },
        { "F01! plasmacytomas[0].method", form => form.Image("2024-03-29", Form.Lesion(method: ImagingMethod.Unspecified)) },

        { "A14! progression_reasons, A12? investigator_response", form => form.InvestigatorResponse = Response.ProgressiveDisease },
        { "A12? investigator_response", form => form.Progress(ProgressionReason.Serum) },
        { "A15? progression_reasons, A12? investigator_response", form => form.Progress(ProgressionReason.Clinical) },
        { "F04! progression_reasons", form => form.ProgressionReasons.Add(ProgressionReason.Serum) },
        { "F04! clinical_relapses", form => form.ClinicalRelapses.Add([ClinicalRelapse.Bone, ClinicalRelapse.Bone]) },
        { "F05! override_reason", form => form.OverrideReason = new string('x', 501) },
        { "A21? serum_band", form => form.SerumBand = Band.Unspecified },
        { "A21? urine_band", form => form.UrineImmunofixation = Immunofixation.Positive },
        { "A12? investigator_response", form => form.InvestigatorResponse = Response.Partial },
        { "A12? investigator_response", form => form.InvestigatorResponse = Response.StableDisease },
    };

    public static TheoryData<string, Action<DiseaseAssessment>> StringentForms => new()
    {
        { "", _ => { } },
        { "A06! serum_immunofixation, A12? investigator_response", form => (form.SerumImmunofixation, form.SerumBand) = (Immunofixation.Positive, Band.Original) },
        { "", form => (form.SerumImmunofixation, form.SerumBand) = (Immunofixation.Positive, Band.TherapeuticAntibody) },
        { "", form => (form.SerumImmunofixation, form.SerumBand) = (Immunofixation.Positive, Band.Different) },
        { "A06! urine_immunofixation, A12? investigator_response", form => (form.UrineImmunofixation, form.UrineBand) = (Immunofixation.Positive, Band.Original) },
        { "A07! kappa_mg_per_l, A12? investigator_response", form => form.KappaMgPerL = 16.6 },
        { "", form => form.KappaMgPerL = 16.5 },
        { "A08! marrow_clonality, A12? investigator_response", form => form.MarrowClonality = CellSearch.Positive },
        { "A10? investigator_response, A12? investigator_response", form => form.MarrowClonality = CellSearch.Inadequate },
        { "A09! marrow_plasma_cells_percent, A12? investigator_response", form => form.MarrowPlasmaCellsPercent = 5 },
        { "", form => form.MarrowPlasmaCellsPercent = 4.9 },
        { "A10? investigator_response, A12? investigator_response", form => form.ClearMarrowPlasmaCellsPercent() },
        { "A11! plasmacytomas, A12? investigator_response", form => form.Image("2024-04-26", Form.Lesion()) },
        { "", form => form.Image("2024-04-26", Form.Lesion(0, 0)) },
    };

    [Theory]
    [MemberData(nameof(Week4Forms))]
    public void Each_rule_finds_its_field(string expected, Action<DiseaseAssessment> change)
    {
        var form = Form.Week4();
        change(form);

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline())).Brief());
    }

    [Theory]
    [MemberData(nameof(StringentForms))]
    public void A_complete_response_takes_all_that_it_means(string expected, Action<DiseaseAssessment> change)
    {
        var form = Form.Week8();
        change(form);

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline())).Brief());
    }

    [Fact]
    public void An_investigator_who_stands_by_a_response_and_says_why_is_asked_and_not_refused()
    {
        var form = Form.Week8();
        (form.MarrowPlasmaCellsPercent, form.OverrideReason) = (5, "Reactive plasma cells");

        Assert.Equal("A09? marrow_plasma_cells_percent, A12? investigator_response", DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline())).Brief());
    }

    [Fact]
    public void An_archive_is_asked_and_not_refused()
    {
        var form = Form.Week8();
        form.MarrowPlasmaCellsPercent = 5;
        var context = Form.Context(Form.Baseline()) with { Origin = DataOrigin.Retrospective };

        Assert.Equal("A09? marrow_plasma_cells_percent, A12? investigator_response", DiseaseAssessmentChecks.Run(form, context).Brief());
    }

    [Theory]
    [InlineData("2024-01-26", "")]
    [InlineData("2024-01-25", "A18? response_date")]
    [InlineData("2024-03-01", "")]
    [InlineData("2024-03-02", "A18? response_date")]
    public void A_baseline_lies_within_35_days(string date, string expected)
    {
        var form = Form.Baseline();
        form.ResponseDate = date;

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context()).Brief());
    }

    [Fact]
    public void Without_an_infusion_there_is_no_response()
    {
        var facts = Form.Facts();
        facts.ClearInfusionDate();

        Assert.Equal("A16! response_date", DiseaseAssessmentChecks.Run(Form.Week4(), Form.Context() with { Facts = facts }).Brief());
        Assert.Equal("", DiseaseAssessmentChecks.Run(Form.Baseline(), Form.Context() with { Facts = facts }).Brief());
    }

    [Theory]
    [InlineData("2024-03-28", "E29! response_date")]
    [InlineData("2024-03-29", "")]
    public void Nothing_is_collected_after_withdrawal(string withdrawal, string expected)
    {
        var facts = Form.Facts();
        facts.CollectionEndDate = withdrawal;

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(Form.Week4(), Form.Context(Form.Baseline()) with { Facts = facts }).Brief());
    }

    [Fact]
    public void A_visit_outside_the_schedule_needs_no_blood_tests()
    {
        var form = Form.Week4();
        form.Visit = Visit.Unscheduled;
        form.ClearHaemoglobinGPerL();

        Assert.Equal("", DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline())).Brief());
    }

    [Fact]
    public void A_reason_stands_for_a_value_and_raises_no_question()
    {
        var form = Form.Week8();
        form.InvestigatorResponse = Response.Complete;
        (form.MarrowClonality, form.ClonalityMethod) = (CellSearch.Unspecified, ClonalityMethod.Unspecified);
        form.MarrowMethod = MarrowMethod.Unspecified;
        form.ClearMarrowPlasmaCellsPercent();
        var context = Form.Context(Form.Baseline());

        Assert.Equal("A10? investigator_response, A12? investigator_response", DiseaseAssessmentChecks.Run(form, context).Brief());
        Assert.Equal("", DiseaseAssessmentChecks.Run(form, context with
        {
            Missing = new Dictionary<string, MissingReason> { ["marrow_plasma_cells_percent"] = MissingReason.NotDone },
        }).Brief());
    }

    [Fact]
    public void Nothing_measurable_at_baseline_is_asked_about()
    {
        var baseline = Form.Baseline();
        baseline.SerumMProteinGPerL = 5;
        (baseline.KappaMgPerL, baseline.MarrowPlasmaCellsPercent) = (10, 20);

        Assert.Equal("A17? investigator_response", DiseaseAssessmentChecks.Run(Form.Week4(), Form.Context(baseline)).Brief());
    }

    [Fact]
    public void A_response_after_a_confirmed_progression_is_asked_about()
    {
        var progression = Form.Assessment(Visit.Week8, "2024-04-26", form =>
        {
            (form.SerumMProteinGPerL, form.SerumImmunofixation, form.SerumBand) = (3, Immunofixation.Positive, Band.Original);
            (form.NewLesion, form.ImagingDate) = (YesNoUnknown.Yes, "2024-04-26");
            form.Progress(ProgressionReason.NewLesion);
        });
        var later = Form.Week4();
        (later.Visit, later.ResponseDate) = (Visit.Week12, "2024-05-24");

        Assert.Equal("A13? investigator_response", DiseaseAssessmentChecks.Run(later, Form.Context(Form.Baseline(), progression)).Brief());
        Assert.Equal("", DiseaseAssessmentChecks.Run(later, Form.Context(Form.Baseline(), Form.Week4())).Brief());
    }

    [Theory]
    [InlineData(3.8, "A02? serum_m_protein_g_per_l")]
    [InlineData(36, "")]
    public void A_value_ten_times_the_baseline_may_be_in_another_unit(double baselineSerum, string expected)
    {
        var baseline = Form.Baseline();
        (baseline.SerumMProteinGPerL, baseline.UrineMProteinMgPer24H, baseline.UrineImmunofixation) = (baselineSerum, 300, Immunofixation.Positive);
        var form = Form.Week4();
        form.SerumMProteinGPerL = 38;
        form.Progress(ProgressionReason.Serum);

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context(baseline)).Where(finding => finding?.Code == "A02").Brief());
    }

    [Theory]
    [InlineData(ImagingMethod.PetCt, "A19? plasmacytomas[0].method")]
    [InlineData(ImagingMethod.Ct, "")]
    public void A_lesion_is_measured_as_at_baseline(ImagingMethod method, string expected)
    {
        var baseline = Form.Baseline();
        baseline.Image("2024-02-20", Form.Lesion(40, 30));
        var form = Form.Week4();
        form.Image("2024-03-29", Form.Lesion(10, 5, method));

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context(baseline)).Brief());
    }

    [Fact]
    public void The_same_test_on_the_same_day_is_asked_about()
    {
        var form = Form.Week4();
        Assert.Equal(
            "A22? serum_date, A22? urine_date, A22? light_chain_date",
            DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline(), Form.Week4())).Brief());

        form.ResponseDate = "2024-03-30";
        Assert.Equal("", DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline(), Form.Week4())).Brief());
    }

    [Fact]
    public void A_disagreement_names_the_deciding_measurements_in_both_languages()
    {
        var form = Form.Week4();
        form.SerumMProteinGPerL = 4.1;
        var finding = Assert.Single(DiseaseAssessmentChecks.Run(form, Form.Context(Form.Baseline())).OfType<Finding>());

        Assert.Equal("A12", finding.Code);
        Assert.Equal(
            "Investigator VGPR differs from IMWG calculation PR (confirmed: SD): "
            + "serum M-protein 4.1 g/L, baseline 38 g/L: fell by 89.21 %; asked for 90 %. Please confirm or correct.",
            finding.Message);
        Assert.Equal("研究者评估VGPR与IMWG算法PR（确认疗效：SD）不一致：血清M蛋白4.1 g/L，较基线38 g/L下降89.21 %，要求≥90%。请确认或更正。", finding.MessageZh);
    }

    [Fact]
    public void Every_range_names_a_field_and_refuses_what_lies_outside()
    {
        Assert.All(LaboratoryRange.All, range =>
        {
            foreach (var (value, expected) in new[] { (range.Possible.Low - 1, "A01!"), (range.Possible.Low, ""), (range.Possible.High, ""), (range.Possible.High + 1, "A01!") })
            {
                var form = Form.Week4();
                var field = DiseaseAssessment.Descriptor.FindFieldByName(range.Field);
                field.Accessor.SetValue(form, field.FieldType == Google.Protobuf.Reflection.FieldType.Int32 ? (object)(int)value : (double)value);
                var hard = LaboratoryChecks.Run(form).OfType<Finding>().Where(finding => finding.Severity == Severity.Hard && finding.Field == range.Field);

                Assert.Equal(expected.Length > 0, hard.Any(finding => finding.Code == "A01" && finding.MessageZh.Length > 0));
            }
        });
    }
}
