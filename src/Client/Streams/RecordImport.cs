using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Equecel.Records.V1;

namespace Equecel.Client.Streams;

/// <summary>Sends rows of any number as a stream and gives their verdicts, over cuts, with bounded memory.</summary>
internal static class RecordImport
{
    /// <summary>Sends the rows.</summary>
    /// <param name="target">Where they go.</param>
    /// <param name="rows">The rows; read one by one, only as far as they can be sent.</param>
    /// <param name="options">How.</param>
    /// <param name="newResumption">Makes what decides how long a cut stream is taken up again.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    /// <returns>One verdict for each row, in order, numbered from 1.</returns>
    public static async IAsyncEnumerable<ImportVerdict> RunAsync<TRow, TMessage>(
        ImportTarget<TRow, TMessage> target, IAsyncEnumerable<TRow> rows, ImportOptions options,
        Func<Resumption> newResumption, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RowsInFlight, 1, nameof(options));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Channel.CreateBounded<TRow>(new BoundedChannelOptions(options.RowsInFlight) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(rows, waiting.Writer, stop.Token);
        var run = new ImportRun<TRow, TMessage>(target, waiting.Reader, options, newResumption(), cancellationToken);
        try
        {
            while (await run.NextAsync() is { } verdict)
            {
                yield return verdict;
            }

            // A failure of the caller's rows comes after the verdicts of those that it had given.
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await run.DisposeAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Reading goes on while a cut stream is opened again, so it is no part of a connection.
    private static async Task ReadAsync<TRow>(IAsyncEnumerable<TRow> rows, ChannelWriter<TRow> waiting, CancellationToken cancellationToken)
    {
        // The caller's rows may be ready for ever; they must not be read on the way to the first verdict.
        await Task.Yield();
        try
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                if (!waiting.TryWrite(row))
                {
                    await waiting.WriteAsync(row, cancellationToken);
                }
            }
        }
        finally
        {
            waiting.Complete();
        }
    }
}
