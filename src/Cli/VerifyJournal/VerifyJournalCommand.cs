using System.CommandLine;
using System.Globalization;
using Equecel.Analytics.V1;
using Equecel.Cli.Common;
using Equecel.Cli.Import;
using Equecel.Client;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Cli.VerifyJournal;

/// <summary><c>equecel verify-journal</c>: proves from the journals and from what Analytics witnessed that nothing was altered or lost.</summary>
internal sealed class VerifyJournalCommand : PlatformCommand
{
    // Far longer than a version is on its way to Analytics.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // It has no journal of its own, only audit events.
    private const string Analytics = "analytics";

    private readonly Option<string[]> service = new("--service")
    {
        Description = "Services whose journals and audit events are verified.",
        DefaultValueFactory = _ => [.. ImportLines.Services, Analytics],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Makes the command.</summary>
    public VerifyJournalCommand(Surroundings surroundings)
        : base("verify-journal", "Checks every version of every record against its hashes, its seal and what Analytics witnessed, the current state against the journal, and the audit events.", surroundings, new CallerOptions(surroundings))
    {
        service.AcceptOnlyFromAmong([.. ImportLines.Services, Analytics]);
        Add(service);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Purpose, string Line)> Examples =>
    [
        ("All journals", "equecel verify-journal --client study-team --secrets .data/secrets.json"),
        ("One of them, for another program", "equecel verify-journal --service safety --json --client study-team"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = Caller.CreateClient(parsed);
        var reports = new List<JournalReport>();
        foreach (var name in parsed.GetValue(service)!.Distinct())
        {
            reports.Add(await VerifyAsync(client, name, cancellationToken));
        }

        if (terminal.Json)
        {
            terminal.SayJson(new { services = reports, faultCount = reports.Sum(report => report.Faults.Count) });
        }
        else
        {
            Say(terminal, reports);
        }

        return reports.All(report => report.Faults.Count == 0) ? ExitCode.Good : ExitCode.NotSo;
    }

    private static async Task<JournalReport> VerifyAsync(EquecelClient client, string service, CancellationToken cancellationToken)
    {
        if (service == Analytics)
        {
            using var events = client.Analytics.VerifyAuditEvents(new(), cancellationToken: cancellationToken);
            return await JournalComparison.CompareAsync(
                service, events.ResponseStream.ReadAllAsync(cancellationToken), AsyncEnumerable.Empty<WitnessedHash>(), (_, _) => Task.FromResult<RecordHeader?>(null));
        }

        var calls = JournalCalls.Of(client, service);
        using var journal = calls.Verify(cancellationToken);
        using var witness = client.Analytics.ListWitnessedHashes(new() { Service = service }, cancellationToken: cancellationToken);

        return await JournalComparison.CompareAsync(
            service, journal.ResponseStream.ReadAllAsync(cancellationToken), witness.ResponseStream.ReadAllAsync(cancellationToken),
            async (recordId, version) => await FindHeaderAsync(calls, recordId, version, cancellationToken));
    }

    private static async Task<RecordHeader?> FindHeaderAsync(JournalCalls calls, string recordId, int version, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.GetHeader(new GetRecordRequest { RecordId = recordId, Version = version }, cancellationToken);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static void Say(Terminal terminal, List<JournalReport> reports)
    {
        terminal.SayTable(
            ["Journal", ">Versions", ">Witnessed", ">Not yet witnessed", ">Faults"],
            reports.Select(report => (string[])
            [
                report.Service, Count(report.VersionCount), Count(report.WitnessedCount), Count(report.NotYetWitnessedCount), Count(report.Faults.Count),
            ]));
        var faults = reports.SelectMany(report => report.Faults.Select(fault => (report.Service, Fault: fault))).ToList();
        foreach (var (service, fault) in faults)
        {
            terminal.Say($"{service} {fault}: {fault.What}");
        }

        foreach (var (what, advice) in faults.Select(one => (one.Fault.What, one.Fault.Advice)).DistinctBy(one => one.Advice))
        {
            terminal.Say($"To do, {what}: {advice}");
        }

        foreach (var report in reports.Where(report => report.OldestNotYetWitnessed < DateTimeOffset.UtcNow - Patience))
        {
            terminal.Say(FormattableString.Invariant(
                $"{report.Service}: the oldest version not yet witnessed was saved at {report.OldestNotYetWitnessed:yyyy-MM-dd HH:mm:ss}Z. See that Analytics and RabbitMQ run."));
        }

        terminal.Say(faults.Count == 0
            ? "Nothing was altered and nothing is lost."
            : "The journal is not what was saved. Keep the databases as they are, and compare the versions named above with a backup.");
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
