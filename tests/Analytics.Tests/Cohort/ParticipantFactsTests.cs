using Equecel.Analytics.Cohort;
using Equecel.Common.V1;

namespace Equecel.Analytics.Tests.Cohort;

public sealed class ParticipantFactsTests
{
    [Fact]
    public void Nobody_has_facts_without_records() => Assert.Equal(default, Derive());

    [Fact]
    public void The_first_infusion_counts_in_whatever_order_they_come() =>
        Assert.Equal(new DateOnly(2024, 1, 15), Derive("infusion 2024-06-01", "infusion 2024-01-15").InfusionDate);

    [Fact]
    public void The_latest_follow_up_counts_in_whatever_order_they_come() =>
        Assert.Equal(new DateOnly(2024, 6, 1), Derive("contact 2024-03-01", "contact 2024-06-01", "contact 2024-04-01").LastAliveDate);

    [Fact]
    public void A_retracted_record_does_not_count()
    {
        var facts = Derive("participation", "infusion 2024-01-15", "-contact 2024-06-01", "-death 2024-07-01");
        Assert.Equal(new ParticipantFacts(true, DataOrigin.Prospective, new(2024, 1, 15), null, null, false), facts);
    }

    [Fact]
    public void Without_a_record_that_counts_the_participant_is_not_collected() =>
        Assert.False(Derive("-participation", "-infusion 2024-01-15").IsCollected);

    [Fact]
    public void A_month_of_death_is_completed_from_the_follow_up_and_says_so()
    {
        var facts = Derive("infusion 2024-01-15", "death 2024-05", "contact 2024-05-20");
        Assert.Equal(new DateOnly(2024, 5, 21), facts.DeathDate);
        Assert.True(facts.IsDeathDateCompleted);
    }

    [Fact]
    public void A_form_without_its_date_gives_none()
    {
        var facts = Derive("infusion", "contact", "death");
        Assert.Equal((null, null, null), (facts.InfusionDate, facts.LastAliveDate, facts.DeathDate));
    }

    [Theory]
    [InlineData("participation R|infusion 2024-01-15", DataOrigin.Retrospective)]
    [InlineData("infusion 2024-01-15 R|participation", DataOrigin.Prospective)]
    [InlineData("-participation R|infusion 2024-01-15", DataOrigin.Prospective)]
    [InlineData("contact 2024-03-01 R|infusion 2024-01-15", DataOrigin.Retrospective)]
    public void The_participation_says_where_the_data_came_from(string records, DataOrigin expected) =>
        Assert.Equal(expected, Derive(records.Split('|')).Origin);

    private static ParticipantFacts Derive(params string[] records) => ParticipantFacts.Derive([.. records.Select(Facts.Parse)]);
}
