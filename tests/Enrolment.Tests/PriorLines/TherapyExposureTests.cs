using Equecel.Common.V1;
using Equecel.Enrolment.PriorLines;
using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Tests.PriorLines;

public sealed class TherapyExposureTests
{
    private static readonly DateOnly Collected = new(2024, 1, 20);

    // Response, whether progressed and when, first and last dose: the drug is refractory, not, or it is not known.
    [Theory]
    [InlineData("PartialResponse No _ 2020-01-01 2020-06-30", false)]
    [InlineData("StableDisease No _ 2020-01-01 2020-06-30", true)]
    [InlineData("ProgressiveDisease Unknown _ _ _", true)]
    [InlineData("PartialResponse Yes 2020-06-30 2020-01-01 2020-06-30", true)]
    [InlineData("PartialResponse Yes 2020-03-01 2020-01-01 2020-06-30", true)]
    [InlineData("PartialResponse Yes 2020-08-29 2020-01-01 2020-06-30", true)]
    [InlineData("PartialResponse Yes 2020-08-30 2020-01-01 2020-06-30", false)]
    [InlineData("PartialResponse Yes 2020-08 2020-01-01 2020-06-30", null)]
    [InlineData("PartialResponse Yes 2020-07 2020-01-01 2020-06-30", true)]
    [InlineData("PartialResponse Yes 2021 2020-01-01 2020-06-30", false)]
    [InlineData("PartialResponse Yes _ 2020-01-01 2020-06-30", null)]
    [InlineData("PartialResponse Yes 2020-08-29 2020-01-01 _", null)]
    [InlineData("PartialResponse Unknown _ 2020-01-01 2020-06-30", null)]
    [InlineData("Unknown No _ 2020-01-01 2020-06-30", false)]
    public void A_drug_is_refractory_without_response_or_with_progression_within_sixty_days(string course, bool? expected)
    {
        var parts = course.Split(' ').Select(part => part == "_" ? "" : part).ToList();
        var line = new PriorLine
        {
            BestResponse = parts[0] == "PartialResponse" ? TherapyResponse.Partial : Enum.Parse<TherapyResponse>(parts[0]),
            Progressed = Enum.Parse<YesNoUnknown>(parts[1]),
            ProgressionDate = parts[2],
        };
        var treatment = new Treatment { Agent = Agent.Bortezomib, TherapyClass = TherapyClass.Pi, FirstDoseDate = parts[3], LastDoseDate = parts[4] };

        Assert.Equal(expected, TherapyExposure.IsRefractory(line, treatment));
    }

    [Fact]
    public void A_drug_that_was_stopped_for_progression_is_refractory() => Assert.True(TherapyExposure.IsRefractory(
        new PriorLine { BestResponse = TherapyResponse.Complete, Progressed = YesNoUnknown.Yes },
        new Treatment { StopReason = StopReason.Pd }));

    [Fact]
    public void Three_classes_and_five_drugs_are_counted()
    {
        var exposure = Of(
            Line(1, Agent.Bortezomib, Agent.Lenalidomide),
            Line(2, Agent.Carfilzomib, Agent.Pomalidomide),
            Line(3, Agent.Daratumumab, Agent.Bortezomib));

        Assert.Equal((3, true, true, true, true), (exposure.LineCount, exposure.TripleClassExposed, exposure.TripleClassRefractory, exposure.PentaDrugExposed, exposure.PentaDrugRefractory));
        Assert.Equal((true, true, false), (exposure.RefractoryToLastLine, exposure.RelapsedAndRefractory, exposure.PrimaryRefractory));
        Assert.Equal((false, false, false), (exposure.PriorBcma, exposure.PriorCart, exposure.Exposed(TherapyClass.Asct)));
    }

    [Fact]
    public void The_same_drug_twice_is_one_drug()
    {
        var exposure = Of(Line(1, Agent.Bortezomib, Agent.Lenalidomide), Line(2, Agent.Bortezomib, Agent.Pomalidomide), Line(3, Agent.Daratumumab));

        Assert.Equal((true, false), (exposure.TripleClassExposed, exposure.PentaDrugExposed));
    }

    [Fact]
    public void What_a_missing_line_was_is_not_known()
    {
        var exposure = Of(Line(1, Agent.Bortezomib), Line(3, Agent.Lenalidomide));

        Assert.Equal((true, true, null, null), (exposure.Exposed(TherapyClass.Pi), exposure.Exposed(TherapyClass.Imid), exposure.Exposed(TherapyClass.AntiCd38), exposure.TripleClassExposed));
        Assert.Null(exposure.PentaDrugExposed);
    }

    [Fact]
    public void What_was_begun_after_the_collection_does_not_count()
    {
        var late = Line(2, Agent.Daratumumab);
        late.Treatments[0].FirstDoseDate = "2024-01-20";

        Assert.False(Of(Line(1, Agent.Bortezomib), late).Exposed(TherapyClass.AntiCd38));
    }

    [Fact]
    public void Nobody_who_never_responded_has_relapsed()
    {
        var line = Line(1, Agent.Bortezomib);
        line.BestResponse = TherapyResponse.StableDisease;
        var unknown = Line(2, Agent.Lenalidomide);
        unknown.BestResponse = TherapyResponse.Unknown;

        Assert.Equal((true, false), (Of(line).PrimaryRefractory, Of(line).RelapsedAndRefractory));
        Assert.Equal((null, null), (Of(line, unknown).PrimaryRefractory, Of(line, unknown).RelapsedAndRefractory));
    }

    [Theory]
    [InlineData(TherapyClass.BcmaCart, "BCMA CART BCMA-CART")]
    [InlineData(TherapyClass.BcmaBispecific, "BCMA")]
    [InlineData(TherapyClass.BcmaAdc, "BCMA")]
    [InlineData(TherapyClass.OtherCart, "CART")]
    [InlineData(TherapyClass.Asct, "ASCT")]
    [InlineData(TherapyClass.Gprc5DBispecific, "")]
    public void Earlier_immunotherapy_and_transplant_are_told(TherapyClass therapyClass, string expected)
    {
        var line = Form.Line();
        line.Treatments.Add(new Treatment { TherapyClass = therapyClass, FirstDoseDate = "2020-06" });
        var exposure = Of(line);
        var told = new[] { ("BCMA", exposure.PriorBcma), ("CART", exposure.PriorCart), ("BCMA-CART", exposure.Exposed(TherapyClass.BcmaCart)), ("ASCT", exposure.Exposed(TherapyClass.Asct)) };

        Assert.Equal(expected, string.Join(' ', told.Where(flag => flag.Item2 == true).Select(flag => flag.Item1)));
    }

    [Theory]
    [InlineData("2023-12-31", "2023-12-31")]
    [InlineData("2023-12", null)]
    public void The_last_dose_is_known_to_the_day_or_not(string last, string? expected)
    {
        var line = Line(1, Agent.Bortezomib);
        line.ClearEndDate();
        line.Treatments[0].LastDoseDate = last;

        Assert.Equal(expected is null ? null : DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Of(line).LastDose);
    }

    private static TherapyExposure Of(params PriorLine[] lines) => new(lines, Collected);

    private static PriorLine Line(int number, params Agent[] agents)
    {
        var line = Form.Line(number, 2019 + number);
        line.Treatments.Clear();
        line.Treatments.Add(agents.Select(agent => Form.Drug(agent, Enrolment.Therapies.AgentClass.Of(agent), 2019 + number)));
        return line;
    }
}
