using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Faults.Tests.Driving;

/// <summary>Sends rows as a stream, and those without a verdict again, until each has one.</summary>
/// <typeparam name="TRow">The service's row.</typeparam>
/// <param name="client">Who sends.</param>
/// <param name="history">The history.</param>
/// <param name="open">Opens a stream.</param>
internal sealed class Import<TRow>(SiteClient client, History history, Func<CallOptions, AsyncDuplexStreamingCall<TRow, ImportVerdict>> open)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);
    private static readonly Answer NoVerdict = new(AnswerKind.Unknown, "no verdict");

    /// <summary>Sends rows.</summary>
    /// <param name="rows">The rows, and what each is to save.</param>
    /// <param name="cuts">After how many verdicts the sender breaks off, stream by stream; then it no longer does.</param>
    /// <returns>The answer to each.</returns>
    public async Task<IReadOnlyList<Answer>> SendAsync(IReadOnlyList<(Intent Intent, TRow Row)> rows, params IReadOnlyList<int> cuts)
    {
        var answers = new Answer?[rows.Count];
        for (var (attempt, failures) = (0, 0); ; attempt++)
        {
            var left = Enumerable.Range(0, rows.Count).Where(i => answers[i] is null or { Kind: AnswerKind.Unknown }).ToList();
            if (left.Count == 0 || (attempt > 0 && client.GiveUp.IsCancellationRequested))
            {
                return [.. answers.Select(answer => answer ?? new Answer(AnswerKind.Unknown, "no answer"))];
            }

            left.ForEach(i => history.Sending(rows[i].Intent));
            var cut = attempt < cuts.Count ? cuts[attempt] : int.MaxValue;
            var failure = await TryAsync(rows, left, answers, cut);
            failures = failure is null ? 0 : failures + 1;
            foreach (var i in left)
            {
                history.Answered(rows[i].Intent, answers[i] ?? failure ?? NoVerdict);
            }

            if (failures > 0)
            {
                await client.PauseAsync(failures);
            }
        }
    }

    /// <returns>How the stream failed; null when it did not.</returns>
    private async Task<Answer?> TryAsync(IReadOnlyList<(Intent Intent, TRow Row)> rows, List<int> left, Answer?[] answers, int cut)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(client.GiveUp);
        silence.CancelAfter(Silence);
        try
        {
            using var call = open(await client.OptionsAsync(deadline: null, silence.Token));
            var writing = WriteAsync(call.RequestStream, left.Select(i => rows[i].Row), silence.Token);
            var count = 0;
            while (count < cut && await call.ResponseStream.MoveNext(silence.Token))
            {
                var verdict = call.ResponseStream.Current;
                silence.CancelAfter(Silence);
                count++;
                if (verdict.Row != count || count > left.Count || verdict.RequestId != rows[left[count - 1]].Intent.RequestId.ToString())
                {
                    client.Complaints.Add($"{client.Name}: verdict {count} of an import is on row {verdict.Row} and request {verdict.RequestId}");
                    return NoVerdict;
                }

                answers[left[count - 1]] = Attempts.Of(verdict);
            }

            if (count >= cut)
            {
                return null;
            }

            await writing;
            return count == left.Count ? null : NoVerdict;
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            client.Learn(e, "import");
            return Attempts.Of(e);
        }
    }

    private static async Task WriteAsync(IClientStreamWriter<TRow> stream, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        try
        {
            foreach (var row in rows)
            {
                await stream.WriteAsync(row, cancellation);
            }

            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The other side ended first, which reading tells.
        }
    }
}
