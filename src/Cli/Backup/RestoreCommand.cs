using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Equecel.Cli.Common;

namespace Equecel.Cli.Backup;

/// <summary><c>equecel restore</c>: puts the databases back to an instant, from a backup and the archive of their log.</summary>
internal sealed class RestoreCommand : PlatformCommand
{
    private readonly Argument<string> folder = new("folder") { Description = "The backup: a folder that equecel backup made." };
    private readonly Option<DateTimeOffset?> to = new("--to")
    {
        Description = "Restore what was saved up to this instant, such as 2026-03-01T12:00:00Z; without an offset in UTC. Everything that is known when not given.",
        HelpName = "instant",
        CustomParser = ParseInstant,
    };

    private readonly Option<string> data;
    private readonly Option<string?> log = new("--wal")
    {
        Description = "The archive of the databases' log, where it is not the one in the data folder.",
        HelpName = "folder",
    };

    private readonly Option<string> timeline = new("--timeline")
    {
        Description = "Which history to follow where an earlier restore began another: latest, or its number.",
        HelpName = "number",
        DefaultValueFactory = _ => "latest",
    };

    private readonly Option<bool> force = new("--force") { Description = "Put databases that are there aside; they are kept beside the restored ones." };

    /// <summary>Makes the command.</summary>
    public RestoreCommand(Surroundings surroundings)
        : base("restore", "Puts the databases of the stopped platform back to an instant. Run it on the machine of the servers.", surroundings)
    {
        data = PlatformFolder.Option(surroundings);
        Add(folder);
        foreach (var option in (System.CommandLine.Option[])[to, data, log, timeline, force])
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("Everything that is known, after the databases were lost", "equecel restore /mnt/backup/2026-03-01 --force"),
        ("To the moment before a mistake", "equecel restore /mnt/backup/2026-03-01 --to 2026-03-02T09:14:00+08:00 --force"),
        ("On another machine, with the archive from the old one", "equecel restore /mnt/backup/2026-03-01 --wal /mnt/archive --force"),
    ];

    /// <inheritdoc/>
    protected override string WhenStopped => "Stopped. The databases are as they were before.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var plan = await RestorePlan.MakeAsync(
            PlatformFolder.Open(parsed.GetValue(data)!, terminal.Surroundings), Path.GetFullPath(parsed.GetValue(folder)!), parsed.GetValue(to),
            parsed.GetValue(log), parsed.GetValue(timeline)!, parsed.GetValue(force), cancellationToken);
        var password = plan.Platform.GetPassword();
        var journals = new List<RestoredJournal>();
        var trails = new List<(string Database, JournalEnd End)>();
        try
        {
            await Steps.RunAsync(terminal, "Copying the backup", tell => DataCopy.MakeAsync(plan, tell, cancellationToken));
            await Steps.RunAsync(terminal, "Replaying the log", async tell =>
            {
                await using var server = await RecoveringServer.StartAsync(plan, tell, cancellationToken);
                await ReadyAsync(plan, server.Databases, password, journals, cancellationToken);
                foreach (var database in await server.Databases.AuditTrailsAsync(cancellationToken))
                {
                    trails.Add((database, await JournalEnd.FindAuditAsync(server.Databases, database, cancellationToken)));
                }

                await server.StopAsync();
            });
        }
        catch
        {
            DataCopy.Remove(plan);
            throw;
        }

        var aside = await DataCopy.TakePlaceAsync(plan);
        var undone = journals.Select(journal => (journal.Database, journal.End)).Concat(trails).Sum(end => SetAside(plan, end.Database, end.End));
        new RestoreReport(plan.To, journals, aside, undone, Math.Round(clock.Elapsed.TotalSeconds, 1)).Say(terminal);
        return ExitCode.Good;
    }

    private static async Task ReadyAsync(
        RestorePlan plan, Databases databases, string password, List<RestoredJournal> journals, CancellationToken cancellation)
    {
        // Whoever follows a feed holds a position, which may be later than the restored end. What is saved from now on must come after it.
        var last = Math.Max(plan.LastTransaction, plan.IsSameSystem ? 0 : 1_000_000 + await databases.AskAsync<ulong>("postgres", "select pg_current_xact_id()", cancellation));
        await databases.DoAsync(
            "postgres",
            $"set synchronous_commit = off; do $$ begin while pg_current_xact_id() <= '{last}'::xid8 loop commit; end loop; end $$",
            cancellation);
        await databases.DoAsync("postgres", $"alter role postgres password {Literal(password)}", cancellation);
        foreach (var database in await databases.JournalsAsync(cancellation))
        {
            journals.Add(await RestoredJournal.ReadyAsync(databases, database, cancellation));
        }
    }

    private static int SetAside(RestorePlan plan, string database, JournalEnd end)
    {
        var file = plan.Platform.CheckpointsOf(database);
        return SignedCheckpoints.SetAside(file, end, file + plan.Aside);
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static DateTimeOffset? ParseInstant(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no instant. Give one such as 2026-03-01T00:00:00Z.");
        return null;
    }
}
