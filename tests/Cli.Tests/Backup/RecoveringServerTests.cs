using Equecel.Cli.Backup;

namespace Equecel.Cli.Tests.Backup;

public sealed class RecoveringServerTests
{
    private const string Short = "2026-03-01 10:00:01.000 UTC [7] FATAL:  recovery ended before configured recovery target was reached";
    private const string Refused = "2026-03-01 10:00:02.000 UTC [9] FATAL:  the database system is not accepting connections";

    [Theory]
    [InlineData("Nothing was saved after 2026-03-02", Short)]
    [InlineData("Nothing was saved after 2026-03-02", Short, Refused)]
    [InlineData("at 2026-03-01 09:59:58.5+00. Leave --to out", "LOG:  last completed transaction was at log time 2026-03-01 09:59:58.5+00", Refused, Short, Refused)]
    [InlineData("backup: could not locate required checkpoint record Nothing was changed.", "[7] FATAL:  could not locate required checkpoint record", Refused)]
    [InlineData("backup: could not write to file Nothing was changed.", Refused, "[7] PANIC:  could not write to file", "[1] LOG:  aborting")]
    [InlineData("backup: [1] LOG:  shutting down Nothing was changed.", Refused, "[1] LOG:  shutting down")]
    public void It_is_told_why_the_server_ended_and_not_whom_it_refused_meanwhile(string part, params string[] log) =>
        Assert.Contains(part, RecoveringServer.Explain(log, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)).Message, StringComparison.Ordinal);
}
