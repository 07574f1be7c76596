using Equecel.Assessment.DiseaseAssessments;
using Equecel.Common.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;
using HeavyChain = Equecel.Enrolment.V1.MyelomaHistory.Types.HeavyChain;
using LightChain = Equecel.Enrolment.V1.MyelomaHistory.Types.LightChain;

namespace Equecel.Assessment.Tests.DiseaseAssessments;

/// <summary>Edit checks that need what Enrolment tells of the diagnosis and the treatment.</summary>
public sealed class TreatmentChecksTests
{
    [Theory]
    [InlineData("2024-01-21", "")]
    [InlineData("2024-01-20", "A18? response_date")]
    [InlineData("2024-02-25", "")]
    [InlineData("2024-02-26", "A18? response_date")]
    public void A_baseline_ends_with_lymphodepletion_where_its_start_is_known(string date, string expected)
    {
        var form = Form.Baseline();
        form.ResponseDate = date;
        var facts = Form.Facts();
        facts.LymphodepletionStartDate = "2024-02-25";

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context() with { Facts = facts }).Brief());
    }

    [Theory]
    [InlineData(HeavyChain.None, LightChain.None, 38, 10, "E08? serum_m_protein_g_per_l")]
    [InlineData(HeavyChain.None, LightChain.None, 0, 100, "E08? kappa_mg_per_l")]
    [InlineData(HeavyChain.None, LightChain.None, 0, 99.9, "")]
    [InlineData(HeavyChain.None, LightChain.Kappa, 38, 420, "")]
    [InlineData(HeavyChain.Igg, LightChain.None, 38, 420, "")]
    [InlineData(HeavyChain.Unspecified, LightChain.Unspecified, 38, 420, "")]
    public void What_secretes_nothing_has_no_protein(HeavyChain heavy, LightChain light, double serum, double kappa, string expected)
    {
        var form = Form.Baseline();
        (form.SerumMProteinGPerL, form.KappaMgPerL) = (serum, kappa);
        form.SerumImmunofixation = serum > 0 ? Immunofixation.Positive : Immunofixation.Negative;
        var facts = Form.Facts();
        (facts.HeavyChain, facts.LightChain) = (heavy, light);

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(form, Form.Context() with { Facts = facts }).Brief());
    }

    [Theory]
    [InlineData("", "A13? investigator_response")]
    [InlineData("2024-05-24", "A13? investigator_response")]
    [InlineData("2024-05-23", "")]
    public void A_response_after_progression_is_no_wonder_after_new_therapy(string therapy, string expected)
    {
        var progression = Form.Assessment(Visit.Week8, "2024-04-26", form =>
        {
            (form.SerumMProteinGPerL, form.SerumImmunofixation, form.SerumBand) = (3, Immunofixation.Positive, Band.Original);
            (form.NewLesion, form.ImagingDate) = (YesNoUnknown.Yes, "2024-04-26");
            form.Progress(ProgressionReason.NewLesion);
        });
        var later = Form.Week4();
        (later.Visit, later.ResponseDate) = (Visit.Week12, "2024-05-24");
        var facts = Form.Facts();
        facts.NewTherapyDate = therapy;

        Assert.Equal(expected, DiseaseAssessmentChecks.Run(later, Form.Context(Form.Baseline(), progression) with { Facts = facts }).Brief());
    }
}
