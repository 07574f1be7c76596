using Equecel.Analytics.Tables;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Google.Protobuf;
using Stage = Equecel.Enrolment.V1.MyelomaHistory.Types.Stage;

namespace Equecel.Analytics.Tests.Tables;

public sealed class GroupsTests
{
    [Fact]
    public void What_is_not_known_is_a_group_of_its_own() => Assert.All(
        Enum.GetValues<V1.Grouping>().Except([V1.Grouping.Unspecified, V1.Grouping.Site, V1.Grouping.Provenance]),
        grouping => Assert.Equal("UNKNOWN", Group(grouping)));

    [Fact]
    public void Groups_are_those_of_the_plan()
    {
        Same(V1.Grouping.Age, ("BELOW_65", new() { AgeAtInfusionYears = 64 }), ("FROM_65", new() { AgeAtInfusionYears = 65 }));
        Same(V1.Grouping.HighRisk, ("YES", new() { HighRiskBroad = YesNoUnknown.Yes }), ("NO", new() { HighRiskBroad = YesNoUnknown.No }));
        Same(V1.Grouping.Extramedullary, ("YES", new() { Extramedullary = YesNoUnknown.Yes }), ("NO", new() { Extramedullary = YesNoUnknown.No }));
        Same(V1.Grouping.PriorLines, ("BELOW_3", new() { PriorLineCount = 2 }), ("FROM_3", new() { PriorLineCount = 3 }));
        Same(V1.Grouping.PriorBcma, ("YES", new() { PriorBcma = YesNoUnknown.Yes }), ("NO", new() { PriorBcma = YesNoUnknown.No }));
        Same(V1.Grouping.TripleClassExposed, ("YES", new() { TripleClassExposed = YesNoUnknown.Yes }), ("NO", new() { TripleClassExposed = YesNoUnknown.No }));
        Same(
            V1.Grouping.TripleClassRefractory,
            ("YES", new() { TripleClassRefractory = YesNoUnknown.Yes }),
            ("NO", new() { TripleClassRefractory = YesNoUnknown.No }),
            ("UNKNOWN", new() { TripleClassRefractory = YesNoUnknown.Unknown }));
        Same(
            V1.Grouping.Riss,
            ("I", new() { RissAtDiagnosis = Stage.I }), ("II", new() { RissAtDiagnosis = Stage.Ii }), ("III", new() { RissAtDiagnosis = Stage.Iii }));
        Same(V1.Grouping.RenalImpairment, ("YES", new() { RenalImpairment = YesNoUnknown.Yes }), ("NO", new() { RenalImpairment = YesNoUnknown.No }));
    }

    [Fact]
    public void Every_grouping_but_by_site_names_its_groups_each_once()
    {
        Assert.All(
            Enum.GetValues<V1.Grouping>().Except([V1.Grouping.Unspecified, V1.Grouping.Site]).Select(grouping => Groups.Of(grouping)),
            groups =>
            {
                Assert.InRange(groups.Count, 2, 4);
                Assert.Distinct(groups.Select(group => group.Key));
            });
        Assert.Empty(Groups.Of(V1.Grouping.Site));
        Assert.Empty(Groups.Of(V1.Grouping.Unspecified));
    }

    [Fact]
    public void Sites_and_provenance_are_always_known()
    {
        Assert.Equal("01", Group(V1.Grouping.Site));
        Assert.Equal("PROSPECTIVE", Group(V1.Grouping.Provenance));
        Assert.Null(Group(V1.Grouping.Unspecified));
    }

    [Theory]
    [InlineData(TherapyResponse.Partial, "YES")]
    [InlineData(TherapyResponse.Minimal, "NO")]
    [InlineData(TherapyResponse.Unknown, "UNKNOWN")]
    public void A_partial_response_to_bridging_is_a_response(TherapyResponse response, string expected)
    {
        Assert.Equal(expected, Group(V1.Grouping.BridgingResponse, new Bridging { Response = response }));
        Assert.Equal("UNKNOWN", Group(V1.Grouping.BridgingResponse, new Bridging { Response = response, SecondInfusion = true }));
    }

    [Theory]
    [InlineData(Leukapheresis.Types.ManufacturingOutcome.ReleasedInSpecification, "YES")]
    [InlineData(Leukapheresis.Types.ManufacturingOutcome.OutOfSpecification, "NO")]
    [InlineData(Leukapheresis.Types.ManufacturingOutcome.Failed, "UNKNOWN")]
    public void The_product_is_that_of_the_last_collection(Leukapheresis.Types.ManufacturingOutcome outcome, string expected) => Assert.Equal(
        expected,
        Group(
            V1.Grouping.ProductSpecification,
            new Leukapheresis { ManufacturingOutcome = Leukapheresis.Types.ManufacturingOutcome.Failed }, new Leukapheresis { ManufacturingOutcome = outcome }));

    [Theory]
    // Infused on 1 March 2025. The order in which collections were entered says nothing.
    [InlineData("2025-02-01", Leukapheresis.Types.CollectionOutcome.Success, "2025-01-10", "YES")]
    [InlineData("2025-01-10", Leukapheresis.Types.CollectionOutcome.Success, "2025-02-01", "NO")]
    [InlineData("2025-02-01", Leukapheresis.Types.CollectionOutcome.Failed, "2025-01-10", "NO")]
    [InlineData("2025-03-20", Leukapheresis.Types.CollectionOutcome.Success, "2025-01-10", "NO")]
    public void The_product_is_that_of_the_last_collection_it_can_have_been_made_of(
        string date, Leukapheresis.Types.CollectionOutcome outcome, string otherDate, string expected)
    {
        var collection = new Leukapheresis
        {
            CollectionDate = date,
            CollectionOutcome = outcome,
            ManufacturingOutcome = Leukapheresis.Types.ManufacturingOutcome.ReleasedInSpecification,
        };
        var other = new Leukapheresis
        {
            CollectionDate = otherDate,
            CollectionOutcome = Leukapheresis.Types.CollectionOutcome.Success,
            ManufacturingOutcome = Leukapheresis.Types.ManufacturingOutcome.OutOfSpecification,
        };

        Assert.Equal(expected, Group(V1.Grouping.ProductSpecification, collection, other));
        Assert.Equal(expected, Group(V1.Grouping.ProductSpecification, other, collection));
    }

    [Fact]
    public void The_response_to_bridging_is_that_of_the_last()
    {
        var first = new Bridging { StartDate = "2025-01-02", Response = TherapyResponse.Partial };
        var last = new Bridging { StartDate = "2025-02-02", Response = TherapyResponse.Minimal };

        Assert.Equal("NO", Group(V1.Grouping.BridgingResponse, first, last));
        Assert.Equal("NO", Group(V1.Grouping.BridgingResponse, last, first));
    }

    [Fact]
    public void A_grouping_that_there_is_not_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Group((V1.Grouping)99));

    private static void Same(V1.Grouping grouping, params (string Group, BaselineProfile Profile)[] cases) =>
        Assert.All(cases, one => Assert.Equal(one.Group, Group(grouping, one.Profile)));

    private static string? Group(V1.Grouping grouping, params IMessage[] forms) =>
        Groups.Of(Subject.Of(new MadeStudy().Infused("01-0001", forms).Dossiers[0], cutoff: null), grouping)?.Key;
}
