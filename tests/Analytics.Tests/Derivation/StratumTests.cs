using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Tests.Derivation;

public sealed class StratumTests
{
    private static readonly BaselineFacts NothingKnown = new() { IsRetrospective = true };

    [Fact]
    public void What_is_not_known_is_a_group_of_its_own() =>
        Assert.All(
            Enum.GetValues<Subgroup>().Except([Subgroup.Origin]),
            subgroup => Assert.Equal(Stratum.Unknown, Stratum.Of(NothingKnown, subgroup)));

    [Fact]
    public void Groups_are_those_of_the_plan()
    {
        Same(Subgroup.Origin, ("retrospective", NothingKnown), ("prospective", new() { IsRetrospective = false }));
        Same(Subgroup.Age, ("under 65", NothingKnown with { AgeYears = 64 }), ("65 or older", NothingKnown with { AgeYears = 65 }));
        Same(
            Subgroup.CytogeneticRisk,
            ("high risk", NothingKnown with { HasHighRiskCytogenetics = true }),
            ("standard risk", NothingKnown with { HasHighRiskCytogenetics = false }));
        Same(
            Subgroup.ExtramedullaryDisease,
            ("extramedullary disease", NothingKnown with { HasExtramedullaryDisease = true }),
            ("none", NothingKnown with { HasExtramedullaryDisease = false }));
        Same(Subgroup.PriorLines, ("under 3", NothingKnown with { PriorLines = 2 }), ("3 or more", NothingKnown with { PriorLines = 3 }));
        Same(
            Subgroup.PriorBcmaTherapy,
            ("yes", NothingKnown with { HadPriorBcmaTherapy = true }),
            ("no", NothingKnown with { HadPriorBcmaTherapy = false }));
        Same(
            Subgroup.TripleClassExposure,
            ("exposed", NothingKnown with { IsTripleClassExposed = true }),
            ("not exposed", NothingKnown with { IsTripleClassExposed = false }));
        Same(
            Subgroup.TripleClassRefractoriness,
            ("refractory", NothingKnown with { IsTripleClassRefractory = true }),
            ("not refractory", NothingKnown with { IsTripleClassRefractory = false }));
        Same(
            Subgroup.RevisedStage,
            ("I", NothingKnown with { RevisedStage = 1 }),
            ("II", NothingKnown with { RevisedStage = 2 }),
            ("III", NothingKnown with { RevisedStage = 3 }));
        Same(
            Subgroup.RenalImpairment,
            ("impaired", NothingKnown with { EgfrMlPerMin = 59.9m }),
            ("not impaired", NothingKnown with { EgfrMlPerMin = 60 }));
        Same(
            Subgroup.BridgingResponse,
            ("response", NothingKnown with { BridgingResponse = ResponseCategory.PartialResponse }),
            ("no response", NothingKnown with { BridgingResponse = ResponseCategory.MinimalResponse }),
            (Stratum.Unknown, NothingKnown with { BridgingResponse = ResponseCategory.NotEvaluable }));
        Same(
            Subgroup.ProductSpecification,
            ("in specification", NothingKnown with { IsInSpecification = true }),
            ("out of specification", NothingKnown with { IsInSpecification = false }));
    }

    [Fact]
    public void Unknown_subgroup_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Stratum.Of(NothingKnown, (Subgroup)99));

    private static void Same(Subgroup subgroup, params (string Group, BaselineFacts Baseline)[] cases) =>
        Assert.All(cases, one => Assert.Equal(one.Group, Stratum.Of(one.Baseline, subgroup)));
}
