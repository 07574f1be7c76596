using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using static Equecel.Faults.Tests.SelfTests.Made;

namespace Equecel.Faults.Tests.SelfTests;

/// <summary>Checks of versions, feeds and messages, each shown what it has to find.</summary>
public sealed class OtherChecksTests
{
    [Theory]
    [InlineData("1 2 3", 3, true)]
    [InlineData("1 3", 3, false)]
    [InlineData("2", 2, false)]
    [InlineData("1 2 3", 2, false)]
    public void Versions_have_no_gaps_and_the_current_state_is_the_last(string versions, int current, bool well)
    {
        var journal = versions.Split(' ').Select(version => Row(1, version[0] - '0')).ToList();
        var state = new CurrentRow("enrolment", Id(1), current, 1, "01-0001", [(byte)current], "{}");

        Assert.Equal(well, !VersionChecks.Faults(journal, [state], _ => "{}").Any());
    }

    [Fact]
    public void A_current_form_that_is_not_the_last_versions_is_found() => Assert.Contains(
        "the current form", Assert.Single(VersionChecks.Faults([Row(1, 1)], [new("enrolment", Id(1), 1, 1, "01-0001", [1], "{}")], _ => """{"status":1}""")), StringComparison.Ordinal);

    [Fact]
    public void Two_records_of_what_there_may_be_one_of_are_found()
    {
        var journal = new[] { Row(1, 1) with { NaturalKey = "death" }, Row(2, 1) with { NaturalKey = "death" } };
        var states = journal.Select(row => new CurrentRow("enrolment", row.RecordId, 1, 1, "01-0001", [1], "{}")).ToList();

        Assert.Contains("there are 2 records", Assert.Single(VersionChecks.Faults(journal, states, _ => "{}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2", "")]
    [InlineData("1", "never told")]
    [InlineData("1 2 2", "more than once")]
    [InlineData("1 2 3", "not in the journal")]
    public void A_feed_tells_each_change_once(string told, string fault)
    {
        var changes = told.Split(' ').Select(version => new SeenChange("enrolment", Id(1).ToString(), version[0] - '0', $"0{version}", "01", "")).ToList();

        Assert.Contains(fault, string.Join('\n', FeedChecks.Faults("A reader", changes, [Row(1, 1), Row(1, 2)])), StringComparison.Ordinal);
        Assert.Equal(fault.Length == 0, !FeedChecks.Faults("A reader", changes, [Row(1, 1), Row(1, 2)]).Any());
    }

    [Fact]
    public void A_position_past_what_was_confirmed_is_found()
    {
        var positions = new Dictionary<string, (ulong, long)> { ["enrolment"] = (10, 2) };
        JournalRow[] journal = [Row(1, 1), Row(1, 2), Row(1, 3)];

        Assert.Empty(MessageChecks.Unpublished(journal, positions, [$"{Id(1)}/1", $"{Id(1)}/2"]));
        Assert.Single(MessageChecks.Unpublished(journal, positions, [$"{Id(1)}/1"]));
    }

    [Fact]
    public void A_message_acknowledged_and_not_stored_is_found()
    {
        Assert.Empty(MessageChecks.Unstored(["a/1"], new HashSet<string> { "a/1", "a/2" }));
        Assert.Single(MessageChecks.Unstored(["a/1", "a/3"], new HashSet<string> { "a/1", "a/2" }));
    }

    [Fact]
    public void A_process_that_grows_is_found()
    {
        var before = new Dictionary<string, Size> { ["safety"] = new(80, 120, 25) };

        Assert.Empty(Sizes.Faults(before, new Dictionary<string, Size> { ["safety"] = new(120, 140, 30) }, [("a", 3)], [("safety", 12)]));
        Assert.Single(Sizes.Faults(before, new Dictionary<string, Size> { ["safety"] = new(80, 900, 25) }, [], []));
        Assert.Single(Sizes.Faults(before, before, [("a", 500)], []));
        Assert.Single(Sizes.Faults(before, before, [], [("safety", 140)]));
    }
}
