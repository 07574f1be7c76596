using Equecel.Faults.Tests.Checking;
using static Equecel.Faults.Tests.SelfTests.Made;

namespace Equecel.Faults.Tests.SelfTests;

public sealed class DerivedChecksTests
{
    [Theory]
    // Record, version, state, what it is derived of, what it says.
    [InlineData("1/1 counts - a | 2/1 counts 1 a", "")]
    [InlineData("1/1 counts - a | 1/2 counts - b | 2/1 counts 1 a | 2/2 counts 1 b", "")]
    [InlineData("1/1 counts - a | 1/2 retracted - a | 2/1 counts 1 a | 2/2 retracted 1 a", "")]
    [InlineData("1/1 counts - a", "0 records are derived of")]
    [InlineData("1/1 counts - a | 2/1 counts 1 a | 3/1 counts 1 a", "2 records are derived of")]
    [InlineData("1/1 counts - a | 1/2 counts - b | 2/1 counts 1 a", "says a where that says b")]
    [InlineData("1/1 counts - a | 1/2 retracted - a | 2/1 counts 1 a", "which does not count")]
    public void Of_each_form_that_counts_one_record_is_derived_and_says_the_same(string journal, string fault)
    {
        var parts = new Dictionary<(Guid, int), DerivationPart>();
        var rows = journal.Split(" | ").Select(text =>
        {
            var words = text.Split(' ');
            var row = Row(words[0][0] - '0', words[0][2] - '0') with { State = (short)(words[1] == "counts" ? 1 : 2) };
            parts[(row.RecordId, row.Version)] = new(words[2] == "-" ? null : $"{Id(words[2][0] - '0')}", words[3]);
            return row;
        }).ToList();

        var faults = DerivedChecks.Faults(rows, row => parts[(row.RecordId, row.Version)]).ToList();

        Assert.Equal(fault.Length == 0, faults.Count == 0);
        Assert.Contains(fault, string.Join('\n', faults), StringComparison.Ordinal);
    }
}
