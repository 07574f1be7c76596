using Grpc.Core;

namespace Equecel.ServiceDefaults;

/// <summary>When the call at hand must be over, for those that it makes in turn.</summary>
public static class CallDeadline
{
    // What the caller is told, and what it takes to tell it, comes off.
    private static readonly TimeSpan WayBack = TimeSpan.FromMilliseconds(50);
    private static readonly AsyncLocal<DateTime?> Deadline = new();

    /// <summary>The deadline of a call to another service: what is left of the call at hand, less the way back, and no later than asked for.</summary>
    /// <param name="latest">The latest, in UTC.</param>
    public static DateTime NoLaterThan(DateTime latest) => Deadline.Value is { } own && own - WayBack < latest ? own - WayBack : latest;

    /// <summary>Takes note of the deadline of the call at hand.</summary>
    /// <param name="context">The call.</param>
    internal static void Note(ServerCallContext context) => Deadline.Value = context.Deadline == DateTime.MaxValue ? null : context.Deadline.ToUniversalTime();
}
