using Equecel.Records.Store;
using Grpc.Core;

namespace Equecel.Records.Tests.Store;

public sealed class SharedReadsTests
{
    private readonly List<(IReadOnlyCollection<string> Codes, TaskCompletionSource End)> reads = [];
    private readonly SharedReads shared;
    private Func<IReadOnlyCollection<string>, Exception?> failure = _ => null;

    public SharedReadsTests() => shared = new SharedReads(ReadAsync);

    [Fact]
    public async Task Who_comes_while_two_read_shares_the_next_statement_and_each_code_is_read_once()
    {
        var first = await BeginTwoAsync();
        Task[] later = [shared.ReadAsync(["01-0003", "01-0004"], default), shared.ReadAsync(["01-0001"], default), shared.ReadAsync(["01-0004"], default)];

        // What was begun before they came is no answer to them.
        End(0);
        await first[0];
        await StartedAsync(3);
        Assert.DoesNotContain(later, read => read.IsCompleted);
        Assert.Equal(["01-0001", "01-0003", "01-0004"], reads[2].Codes.Order());

        End(2);
        await Task.WhenAll(later);
        End(1);
        await first[1];
    }

    [Fact]
    public async Task A_read_of_many_codes_goes_by_itself()
    {
        string[] many = [.. Enumerable.Range(1, SharedReads.MaxShared + 1).Select(number => $"01-{number:0000}")];
        Task[] all = [.. await BeginTwoAsync(), shared.ReadAsync(many, default)];
        await StartedAsync(3);

        Assert.Contains(reads, read => read.Codes.SequenceEqual(many));
        Enumerable.Range(0, 3).ToList().ForEach(End);
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Who_gives_up_is_not_read_for_and_keeps_nobody()
    {
        using var cancellation = new CancellationTokenSource();
        var first = await BeginTwoAsync();
        var givenUp = shared.ReadAsync(["01-0003"], cancellation.Token);
        var other = shared.ReadAsync(["01-0004"], default);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);

        End(0);
        End(1);
        await StartedAsync(3);
        Assert.Equal(["01-0004"], reads[2].Codes);
        End(2);
        await Task.WhenAll([.. first, other]);
    }

    [Fact]
    public async Task What_the_database_cannot_take_fails_alone_and_what_is_away_fails_all()
    {
        failure = codes => codes.Contains("wrong") ? new InvalidOperationException() : null;
        var first = await BeginTwoAsync();
        var (wrong, right) = (shared.ReadAsync(["wrong"], default), shared.ReadAsync(["01-0003"], default));
        End(0);
        await StartedAsync(3);
        Assert.Equal(2, reads[2].Codes.Count);
        End(2);
        await StartedAsync(4);
        End(3);
        await Assert.ThrowsAsync<InvalidOperationException>(() => wrong);
        await StartedAsync(5);
        End(4);
        await right;

        failure = _ => RecordDatabase.Down();
        End(1);
        await Assert.ThrowsAsync<RpcException>(() => first[1]);
        var after = shared.ReadAsync(["01-0005"], default);
        await StartedAsync(6);
        End(5);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => after)).StatusCode);
    }

    private async Task<Task[]> BeginTwoAsync()
    {
        var one = shared.ReadAsync(["01-0001"], default);
        await StartedAsync(1);
        var other = shared.ReadAsync(["01-0002"], default);
        await StartedAsync(2);
        return [one, other];
    }

    private async Task<ILookup<string, StoredVersion>> ReadAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (reads)
        {
            reads.Add((codes, end));
        }

        await end.Task;
        return failure(codes) is { } e ? throw e : Array.Empty<StoredVersion>().ToLookup(_ => "");
    }

    private void End(int read) => reads[read].End.SetResult();

    private Task<int> StartedAsync(int count) => Eventually.GetAsync(() => Task.FromResult(reads.Count), started => started == count);
}
