namespace Equecel.Analytics.Tests.Support;

/// <summary>A clock on which waits pass twenty times as fast; the time of day is the usual.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Speed = 20;

    public override long TimestampFrequency => System.TimestampFrequency / Speed;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private static TimeSpan Faster(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;
}
