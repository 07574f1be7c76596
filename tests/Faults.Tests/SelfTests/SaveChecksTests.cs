using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using static Equecel.Faults.Tests.SelfTests.Made;

namespace Equecel.Faults.Tests.SelfTests;

public sealed class SaveChecksTests
{
    [Fact]
    public void What_was_acknowledged_and_is_there_as_sent_is_well() =>
        Assert.Empty(Faults([Call(Expectation.Saved, Nothing(), Saved(), Saved())], Row(1, 1)));

    [Fact]
    public void What_was_refused_and_is_not_there_is_well() => Assert.Empty(Faults([Call(Expectation.Refused, Nothing(), Refused())]));

    [Fact]
    public void What_was_acknowledged_must_be_there() => Finds("is in the journal 0 times", Call(Expectation.Saved, Saved()));

    [Fact]
    public void What_was_acknowledged_must_be_there_once() => Finds("is in the journal 2 times", Call(Expectation.Saved, Saved()), Row(1, 1), Row(2, 1));

    [Fact]
    public void What_was_acknowledged_must_be_there_as_it_was_sent() => Finds("with other content", Call(Expectation.Saved, Saved()), Row(1, 1, content: 9));

    [Fact]
    public void What_was_acknowledged_must_be_the_version_that_was_said() => Finds("is in the journal as", Call(Expectation.Saved, Saved(version: 2)), Row(1, 1));

    [Fact]
    public void What_was_refused_must_not_be_there() => Finds("was refused", Call(Expectation.Refused, Refused()), Row(1, 1));

    [Fact]
    public void The_same_request_must_be_answered_in_the_same_way() => Finds("in different ways", Call(Expectation.Saved, Saved(), Saved(record: 2)), Row(1, 1));

    [Fact]
    public void Every_call_must_have_its_answer_in_the_end() => Finds("has no answer", Call(Expectation.Saved, Nothing(), Nothing()));

    [Fact]
    public void What_is_right_must_not_be_refused() => Finds("nothing was wrong with it", Call(Expectation.Saved, Refused()));

    [Fact]
    public void What_is_wrong_must_not_be_saved() => Finds("should have been refused", Call(Expectation.Refused, Saved()), Row(1, 1));

    [Fact]
    public void What_is_there_must_have_been_sent() => Assert.Contains("nobody sent", Assert.Single(Faults([], Row(1, 1))), StringComparison.Ordinal);

    private static void Finds(string what, History.Entry call, params JournalRow[] journal) =>
        Assert.Contains(Faults([call], journal), fault => fault.Contains(what, StringComparison.Ordinal));

    private static List<string> Faults(IReadOnlyCollection<History.Entry> history, params JournalRow[] journal) => [.. SaveChecks.Faults(history, journal, ContentOf)];
}
