namespace Equecel.ServiceDefaults.Tests;

public sealed class ReaderTurnsTests
{
    [Fact]
    public async Task Who_comes_while_all_turns_are_taken_waits_for_one()
    {
        using var turns = new ReaderTurns(2);
        using var first = await turns.TakeAsync(CancellationToken.None);
        var second = await turns.TakeAsync(CancellationToken.None);
        var third = turns.TakeAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);

        second.Dispose();
        using var taken = await third.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Who_gives_up_waiting_has_taken_nothing()
    {
        using var turns = new ReaderTurns(1);
        var first = await turns.TakeAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var second = turns.TakeAsync(patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();
        using var third = await turns.TakeAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }
}
