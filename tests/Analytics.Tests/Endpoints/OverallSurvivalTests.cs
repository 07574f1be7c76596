using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tests.Cohort;

namespace Equecel.Analytics.Tests.Endpoints;

public sealed class OverallSurvivalTests
{
    [Theory]
    [InlineData("infusion 2024-01-15|death 2024-01-25", 11, true)]
    [InlineData("infusion 2024-01-15|death 2024-01-15", 1, true)] // the infusion day is day 1
    [InlineData("infusion 2024-01-15|contact 2024-01-25", 11, false)]
    [InlineData("infusion 2024-01-15", 1, false)]
    [InlineData("infusion 2024-01-15|contact 2024-01-01", 1, false)] // last seen before the infusion
    [InlineData("infusion 2024-01-15|infusion 2024-06-01|contact 2024-01-25", 139, false)] // a dose proves life
    [InlineData("infusion 2024-01-15|contact 2024-03-01|death 2024-02-01", 18, true)] // death wins over a later contact
    [InlineData("infusion 2024-01-15|death 2024-02", 32, true)] // 15 February
    [InlineData("infusion 2024-01-15|contact 2024-01-25|-death 2024-02-01", 11, false)]
    public void Time_runs_from_infusion_to_death_or_to_the_last_date_known_alive(string records, int days, bool isEvent) =>
        Assert.Equal((days, isEvent), Ended(records, cutoff: null));

    [Theory]
    [InlineData("infusion 2024-01-15|death 2024-01-25", 11, true)] // on the cut-off still counts
    [InlineData("infusion 2024-01-15|death 2024-01-26", 11, false)] // later: alive at the cut-off
    [InlineData("infusion 2024-01-15|contact 2024-01-20|death 2024-01-26", 11, false)]
    [InlineData("infusion 2024-01-15|contact 2024-03-01", 11, false)] // seen later: so known alive at the cut-off
    [InlineData("infusion 2024-01-15|contact 2024-01-20|contact 2024-03-01", 11, false)] // whoever dies later is followed no longer than who lives on
    [InlineData("infusion 2024-01-15|contact 2024-01-20", 6, false)]
    [InlineData("infusion 2024-01-25", 1, false)]
    public void Nothing_after_the_cutoff_is_used(string records, int days, bool isEvent) =>
        Assert.Equal((days, isEvent), Ended(records, cutoff: new(2024, 1, 25)));

    [Theory]
    [InlineData("participation|contact 2024-01-20", nameof(Exclusion.NotInfused))]
    [InlineData("participation|-infusion 2024-01-15", nameof(Exclusion.NotInfused))]
    [InlineData("infusion 2024-01-26", nameof(Exclusion.InfusedAfterCutoff))]
    [InlineData("infusion 2024-01-26|death 2024-01-20", nameof(Exclusion.InfusedAfterCutoff))]
    [InlineData("infusion 2024-01-15|death 2024-01-14", nameof(Exclusion.DeathBeforeInfusion))]
    [InlineData("infusion 2024-01-15|death 2023-12", nameof(Exclusion.DeathBeforeInfusion))]
    [InlineData("-infusion 2024-01-15", nameof(Exclusion.NoRecord))]
    public void Who_cannot_be_in_is_left_out_with_the_reason(string records, string reason) =>
        Assert.Equal(SurvivalTime.Excluded(Enum.Parse<Exclusion>(reason)), Derive(records, cutoff: new(2024, 1, 25)));

    /// <summary>Participants from the analysis plan's own table.</summary>
    [Theory]
    [InlineData("2024-01-15", "_", "2024-10-31", 291, false)]
    [InlineData("2024-01-15", "2024-02-29", "2024-02-29", 46, true)]
    [InlineData("2024-01-15", "2024-01-25", "2024-01-25", 11, true)]
    [InlineData("2024-01-15", "_", "2024-02-04", 21, false)]
    [InlineData("2024-11-01", "2025-01-10", "2025-01-10", 61, false)]
    [InlineData("2024-01-15", "2024-01-15", "2024-01-15", 1, true)]
    [InlineData("2024-01-15", "2024-09-06", "2024-09-06", 236, true)]
    public void It_agrees_with_the_analysis_plan(string infusion, string death, string lastAlive, int days, bool isEvent)
    {
        var records = $"infusion {infusion}|contact {lastAlive}" + (death == "_" ? "" : $"|death {death}");
        Assert.Equal((days, isEvent), Ended(records, cutoff: new(2024, 12, 31)));
    }

    [Theory]
    [InlineData("infusion 2024-01-15|death 2024-01-25", "Death")]
    [InlineData("infusion 2024-01-15|contact 2024-01-20", "LastKnownAlive")]
    [InlineData("infusion 2024-01-15", "LastKnownAlive")]
    [InlineData("infusion 2024-01-15|contact 2024-01-25", "DataCutoff")]
    [InlineData("infusion 2024-01-15|death 2024-01-26", "DataCutoff")]
    public void What_ended_the_time_is_told(string records, string expected) =>
        Assert.Equal(expected, $"{Derive(records, cutoff: new(2024, 1, 25)).Ended!.Value.Reason}");

    private static (int Days, bool IsEvent)? Ended(string records, DateOnly? cutoff) =>
        Derive(records, cutoff).Ended is { } ended ? (ended.Days, ended.Outcome == CompetingOutcome.Event) : null;

    private static SurvivalTime Derive(string records, DateOnly? cutoff) =>
        OverallSurvival.Derive(ParticipantFacts.Derive([.. records.Split('|').Select(Facts.Parse)]), cutoff);
}
