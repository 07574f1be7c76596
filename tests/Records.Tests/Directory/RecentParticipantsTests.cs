using Equecel.Records.Directory;

namespace Equecel.Records.Tests.Directory;

/// <summary>What is kept of participants is never older than it is said to be, and no change of it is lost.</summary>
public sealed class RecentParticipantsTests
{
    private readonly Clock clock = new();
    private readonly RecentParticipants recent;

    public RecentParticipantsTests() => recent = new(TimeSpan.FromSeconds(10), clock);

    [Fact]
    public void What_is_changed_again_and_again_is_still_as_old_as_what_it_was_made_of()
    {
        recent.Put("01-0001", new() { Participant = "01-0001" });
        for (var second = 1; second < 10; second++)
        {
            clock.Seconds = second;
            recent.Change("01-0001", facts => new(facts) { Revision = facts.Revision + 1 });
            Assert.Equal(second, recent.Find("01-0001")!.Revision);
        }

        clock.Seconds = 10;
        Assert.Null(recent.Find("01-0001"));
        recent.Change("01-0001", facts => facts);
        Assert.Null(recent.Find("01-0001"));
    }

    [Fact]
    public void Of_changes_at_once_none_is_lost()
    {
        recent.Put("01-0001", new());
        Parallel.For(0, 10_000, _ => recent.Change("01-0001", facts => new(facts) { Revision = facts.Revision + 1 }));
        Assert.Equal(10_000, recent.Find("01-0001")!.Revision);
    }

    [Fact]
    public void Of_somebody_of_whom_nothing_is_known_nothing_is_noted()
    {
        recent.Change("01-0001", facts => facts);
        Assert.Null(recent.Find("01-0001"));
    }

    private sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
