using Equecel.Assessment.DiseaseAssessments;
using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Google.Protobuf;

namespace Equecel.Assessment.Tests.DiseaseAssessments;

/// <summary>What Enrolment tells of the treatment decides with the assessments.</summary>
public sealed class TreatmentFactsTests
{
    private static readonly DateOnly Infusion = new(2024, 3, 1);

    [Fact]
    public void Without_an_infusion_there_are_no_dates() => Assert.Null(TreatmentFacts.Dates(new ParticipantFacts { LymphodepletionStartDate = "2024-02-25" }));

    [Theory]
    [InlineData("", "", null, null)]
    [InlineData("2024-02-25", "2024-05-01", "2024-02-25", "2024-05-01")]
    [InlineData("2024-03-01", "2024-03-01", null, null)]
    [InlineData("2024-03-02", "2024-02-01", null, null)]
    public void What_lies_on_the_wrong_side_of_the_infusion_is_not_used(string depletion, string therapy, string? begun, string? treated)
    {
        var facts = Form.Facts();
        (facts.LymphodepletionStartDate, facts.NewTherapyDate) = (depletion, therapy);

        Assert.Equal(new CourseDates(Infusion, Day(begun), Day(treated)), TreatmentFacts.Dates(facts));
    }

    [Theory]
    [InlineData(MyelomaHistory.Types.LightChain.Kappa, LightChain.Kappa)]
    [InlineData(MyelomaHistory.Types.LightChain.Lambda, LightChain.Lambda)]
    [InlineData(MyelomaHistory.Types.LightChain.Both, null)]
    [InlineData(MyelomaHistory.Types.LightChain.None, null)]
    [InlineData(MyelomaHistory.Types.LightChain.Unspecified, null)]
    public void One_chain_at_diagnosis_is_the_involved_one(MyelomaHistory.Types.LightChain chain, object? expected) =>
        Assert.Equal(expected, TreatmentFacts.Chain(new ParticipantFacts { LightChain = chain }));

    [Fact]
    public void A_baseline_that_was_taken_after_lymphodepletion_began_does_not_count()
    {
        Assert.Equal([Response.VeryGoodPartial], Computed(_ => { }, Form.Baseline(), Form.Week4()).Select(form => form.Response));
        Assert.Equal([Response.NotEvaluable], Computed(facts => facts.LymphodepletionStartDate = "2024-02-19", Form.Baseline(), Form.Week4()).Select(form => form.Response));
    }

    [Fact]
    public void Nothing_is_confirmed_after_new_therapy_began()
    {
        Assert.Equal([Response.StableDisease, Response.VeryGoodPartial], Confirmed(_ => { }));
        Assert.Equal([Response.StableDisease, Response.StableDisease], Confirmed(facts => facts.NewTherapyDate = "2024-04-25"));
        Assert.Equal([Response.StableDisease, Response.VeryGoodPartial], Confirmed(facts => facts.NewTherapyDate = "2024-04-26"));

        static IEnumerable<Response> Confirmed(Action<ParticipantFacts> change) =>
            Computed(change, Form.Baseline(), Form.Week4(), Form.Week8()).Select(form => form.ConfirmedResponse);
    }

    [Fact]
    public void The_chain_at_diagnosis_decides_which_one_is_followed()
    {
        // Kappa is raised, yet the myeloma made lambda: nothing is measurable.
        var baseline = Form.Baseline();
        baseline.SerumMProteinGPerL = 0;
        baseline.SerumImmunofixation = DiseaseAssessment.Types.Immunofixation.Negative;
        baseline.MarrowPlasmaCellsPercent = 20;

        Assert.Equal(ComputedResponse.Types.Track.LightChain, Computed(_ => { }, baseline, Form.Week4()).Single().Track);
        Assert.Equal(
            ComputedResponse.Types.Track.None,
            Computed(facts => facts.LightChain = MyelomaHistory.Types.LightChain.Lambda, baseline, Form.Week4()).Single().Track);
    }

    private static IEnumerable<ComputedResponse> Computed(Action<ParticipantFacts> change, params IMessage[] forms)
    {
        var facts = Form.Facts();
        change(facts);
        return ResponseDerivation.Derive(facts, [.. forms.Select((form, i) => new CurrentRecord($"{i}", form, new Dictionary<string, MissingReason>()))])
            .Select(derived => (ComputedResponse)derived.Form);
    }

    private static DateOnly? Day(string? text) => text is null ? null : CivilDate.Find(text);
}
