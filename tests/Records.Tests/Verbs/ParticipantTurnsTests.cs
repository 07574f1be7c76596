using Equecel.Records.Verbs;
using Grpc.Core;

namespace Equecel.Records.Tests.Verbs;

public sealed class ParticipantTurnsTests
{
    private readonly ParticipantTurns turns = new(TimeSpan.FromMinutes(1));

    [Fact]
    public async Task One_waits_for_the_other_of_the_same_participant_and_for_nobody_else()
    {
        var first = turns.TakeAsync(["01-0001", "01-0002"], CancellationToken.None).AsTask();
        var second = turns.TakeAsync(["01-0003", "01-0002"], CancellationToken.None).AsTask();
        var other = turns.TakeAsync(["01-0004"], CancellationToken.None).AsTask();
        Assert.Equal((true, true, false), (first.IsCompleted, other.IsCompleted, second.IsCompleted));

        (await other).Dispose();
        Assert.False(second.IsCompleted);
        (await first).Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();
        var holder = await turns.TakeAsync(["01-0002"], CancellationToken.None);
        var waiting = turns.TakeAsync(["01-0001", "01-0002"], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var first = turns.TakeAsync(["01-0001"], CancellationToken.None).AsTask();
        Assert.True(first.IsCompleted);
        (await first).Dispose();

        holder.Dispose();
        var both = turns.TakeAsync(["01-0001", "01-0002"], CancellationToken.None).AsTask();
        Assert.True(both.IsCompleted);
        (await both).Dispose();
    }

    [Fact]
    public async Task A_turn_that_does_not_come_is_told_to_come_again()
    {
        var impatient = new ParticipantTurns(TimeSpan.Zero);
        using var holder = await impatient.TakeAsync(["01-0001"], CancellationToken.None);
        var failure = await Assert.ThrowsAsync<RpcException>(() => impatient.TakeAsync(["01-0001"], CancellationToken.None).AsTask());

        Assert.Equal((StatusCode.Unavailable, "1000"), (failure.StatusCode, failure.Trailers.GetValue("grpc-retry-pushback-ms")));
    }

    [Fact]
    public async Task Many_who_want_several_participants_in_any_order_all_have_their_turn_and_each_alone()
    {
        var inside = new int[4];
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var wanted = new[] { i % 4, (i * 7 / 4) % 4 };
            using var turn = await turns.TakeAsync(wanted.Select(n => $"01-000{n}"), CancellationToken.None);
            foreach (var n in wanted.Distinct())
            {
                Assert.Equal(1, Interlocked.Increment(ref inside[n]));
            }

            await Task.Yield();
            foreach (var n in wanted.Distinct())
            {
                Interlocked.Decrement(ref inside[n]);
            }
        })));
    }
}
