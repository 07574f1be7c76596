using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Equecel.Cli.Common;
using Equecel.Client;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Cli.Tables;

/// <summary>Sends a folder's tables, a stream for each service, and writes the verdicts beside them. Rows are read only as far as they can be sent.</summary>
internal sealed class TableImport(EquecelClient client, TableFolder folder, bool dryRun)
{
    private readonly ConcurrentQueue<TableRow> underWay = new();
    private readonly KeyTable keys = new(folder.Kinds);

    /// <summary>What became of the rows, by file.</summary>
    public IReadOnlyDictionary<TableFile, VerdictCounts> Counts { get; } = folder.Files.ToDictionary(file => file, _ => new VerdictCounts());

    /// <summary>Sends them.</summary>
    /// <param name="progress">Is told the rows done of each file.</param>
    /// <param name="cancellationToken">Stops; what has a verdict is saved.</param>
    public async Task RunAsync(Action<TableFile, long> progress, CancellationToken cancellationToken)
    {
        foreach (var files in folder.Files.GroupBy(file => file.Table.Service))
        {
            underWay.Clear();
            VerdictFile? verdicts = null;
            try
            {
                await foreach (var verdict in client.ImportAsync(files.Key.Descriptor, ReadAsync(files, cancellationToken), null, cancellationToken))
                {
                    underWay.TryDequeue(out var row);
                    if (verdicts?.File != row!.File)
                    {
                        verdicts?.Dispose();
                        verdicts = new VerdictFile(row.File);
                    }

                    verdicts.Add(row, verdict, Settle(row, verdict));
                    progress(row.File, Counts[row.File].Rows);
                }
            }
            finally
            {
                verdicts?.Dispose();
            }
        }
    }

    private async IAsyncEnumerable<IMessage> ReadAsync(IEnumerable<TableFile> files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sealer = new RowSealer(keys, dryRun);
        foreach (var file in files)
        {
            await foreach (var cells in file.ReadAsync().WithCancellation(cancellationToken))
            {
                var row = RowReader.Read(file, cells);
                await sealer.SealAsync(row, cancellationToken);
                underWay.Enqueue(row);
                yield return row.Submission;
            }
        }
    }

    private string Settle(TableRow row, ImportVerdict verdict)
    {
        Merge(row, verdict);
        var counts = Counts[row.File];
        if (IsUnchecked(row, verdict))
        {
            counts.AddUnchecked();
            SettleKey(row, Foreseen(row));
            verdict.Findings.Clear();
            verdict.ErrorReason = "";
            verdict.ErrorMessage = "What this row needs is sent with this folder and not saved in a dry run, so the rest of it was not checked.";
            return "NOT_CHECKED";
        }

        counts.Add(verdict);
        SettleKey(row, verdict.Outcome switch
        {
            ImportOutcome.Refused => null,
            ImportOutcome.WouldSave => Foreseen(row),
            _ => Guid.Parse(verdict.RecordId),
        });
        if (verdict.Outcome == ImportOutcome.WouldSave)
        {
            keys.TryAdd(Participant(row), out _);
        }

        return verdict.Outcome.Name();
    }

    // A row with faults was sent to be checked only. What the service says about its faulty cells follows from them.
    private static void Merge(TableRow row, ImportVerdict verdict)
    {
        if (row.Faults.Count == 0)
        {
            if (verdict.ErrorReason == "REQUEST_ID_REUSED" && row.Key is not null)
            {
                verdict.ErrorMessage = $"The row with the key '{row.Key}' was saved before and said something else then. To amend it, fill in record_id, expected_version and {row.File.Table.HeaderName("reason")}; "
                    + "for something else, take another key.";
            }

            return;
        }

        var others = verdict.Outcome == ImportOutcome.Refused
            ? verdict.Findings.Where(finding => finding.Field != "form" && !row.Faults.Exists(fault => IsOf(row.File.Table.NameOf(finding.Field), fault.Field))).ToList()
            : [];
        verdict.Outcome = ImportOutcome.Refused;
        verdict.StatusCode = (int)StatusCode.InvalidArgument;
        verdict.ErrorReason = "INVALID_FIELDS";
        verdict.Findings.Clear();
        verdict.Findings.AddRange(row.Faults);
        verdict.Findings.AddRange(others);
    }

    // Of a list in one cell the service names the element.
    private static bool IsOf(string field, string column) =>
        field == column || (column.Length > 0 && field.StartsWith($"{column}[", StringComparison.Ordinal));

    // In a dry run nothing is there yet that earlier rows of the folder will have made.
    private bool IsUnchecked(TableRow row, ImportVerdict verdict) =>
        dryRun && verdict.Outcome == ImportOutcome.Refused && row.Faults.Count == 0
        && ((verdict.ErrorReason == "PARTICIPANT_UNKNOWN" && keys.Has(Participant(row)))
            || (row.References.Count > 0 && verdict.Findings.Count > 0
                && verdict.Findings.All(finding => row.References.Exists(reference => finding.Field.StartsWith(reference.Column.Name, StringComparison.Ordinal)))));

    private void SettleKey(TableRow row, Guid? record)
    {
        if (row.Name is { } name)
        {
            keys.Settle(name, record);
        }
    }

    private static Guid? Foreseen(TableRow row) => row.Name is { } name ? RowSealer.Foreseen(name) : null;

    private static UInt128 Participant(TableRow row) => KeyTable.Name("", row.Header.Participant, "");
}
