using Equecel.Faults.Tests.Running;
using Equecel.Faults.Tests.Wire;

namespace Equecel.Faults.Tests.Faults;

/// <summary>A fault at a named point on the wire.</summary>
/// <param name="Name">What happens.</param>
/// <param name="Link">On which link.</param>
/// <param name="Point">At which point.</param>
/// <param name="Passes">Whether the message at the point still arrives.</param>
/// <param name="MostSkipped">How often the point may pass before.</param>
/// <param name="Victim">Who is killed; null for nobody, where the link is cut.</param>
internal sealed record WireFault(string Name, string Link, WirePoint Point, bool Passes, int MostSkipped, string? Victim)
{
    // Another fault may keep everybody waiting meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits for the point, lets it happen, and makes all well again.</summary>
    /// <returns>Whether it came to pass.</returns>
    public async Task<bool> RunAsync(FaultContext context)
    {
        var link = context.Platform.Link(Link);
        var victim = Victim is null ? null : context.Platform.Parts.Single(part => part.Name == Victim);
        var trap = new Trap(Point, Passes, context.Dice.Next(MostSkipped + 1), () =>
        {
            victim?.Kill();
            return victim?.GoneAsync() ?? Task.CompletedTask;
        });
        link.Trap = trap;
        var happened = await Task.WhenAny(trap.Sprung, Task.Delay(Patience)) == trap.Sprung;
        link.Trap = null;
        context.Load.History.Note(happened ? $"came to pass: {Name}" : $"did not come to pass: {Name}");
        if (victim is not null && happened)
        {
            await context.Examination.LookAtAcknowledgedAsync();
            await context.StartAgainAsync(victim);
        }

        return happened;
    }
}

/// <summary>The named points: request in, commit sent, committed but unanswered, half published, confirmed but unsaved, delivered but not acknowledged.</summary>
internal static class WireFaults
{
    /// <summary>The points.</summary>
    public static IReadOnlyList<WireFault> Points { get; } =
    [
        .. Platform.Capture.SelectMany(OfCapture),
        new("analytics killed with messages delivered and not acknowledged", "analytics-messaging", WirePoint.Delivered, Passes: true, 20, "analytics"),
        new("analytics killed when it acknowledges", "analytics-messaging", WirePoint.Acknowledged, Passes: false, 3, "analytics"),
        new("analytics' link cut when it acknowledges", "analytics-messaging", WirePoint.Acknowledged, Passes: false, 3, null),
        new("analytics killed when it commits", "analytics-postgres", WirePoint.IntakeCommitting, Passes: true, 3, "analytics"),
        new("analytics' link cut when its commit is to be answered", "analytics-postgres", WirePoint.IntakeCommitted, Passes: false, 3, null),
        new("the database killed when analytics commits", "analytics-postgres", WirePoint.IntakeCommitting, Passes: true, 3, "postgres"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. Points.Select(point => new Fault(point.Name, "point on the wire", point.RunAsync)),
        new("analytics dies of each delivery", "crash loop", CrashLoopAsync),
    ];

    private static IEnumerable<WireFault> OfCapture(string service) =>
    [
        new($"{service} killed when a save is asked for", $"{service}-postgres", WirePoint.SaveRequested, Passes: false, 5, service),
        new($"{service} killed when a commit is sent", $"{service}-postgres", WirePoint.SaveCommitting, Passes: true, 5, service),
        new($"{service} killed when a save is committed and not answered", $"{service}-postgres", WirePoint.SaveCommitted, Passes: false, 5, service),
        new($"{service}'s link cut when a save is committed and not answered", $"{service}-postgres", WirePoint.SaveCommitted, Passes: false, 5, null),
        new($"the database killed when {service} sends a commit", $"{service}-postgres", WirePoint.SaveCommitting, Passes: true, 5, "postgres"),
        new($"{service} killed with a batch half published", $"{service}-messaging", WirePoint.Published, Passes: true, 4, service),
        new($"{service} killed when all is confirmed and the position not stored", $"{service}-postgres", WirePoint.PositionRequested, Passes: false, 2, service),
        new($"the broker killed when it confirms to {service}", $"{service}-messaging", WirePoint.Confirmed, Passes: false, 3, "messaging"),
    ];

    private static async Task<bool> CrashLoopAsync(FaultContext context)
    {
        const int deaths = 4;
        var death = Points.Single(point => point is { Victim: "analytics", Point: WirePoint.Delivered }) with { MostSkipped = 2 };
        var died = 0;
        for (var i = 0; i < deaths; i++)
        {
            died += await death.RunAsync(context) ? 1 : 0;
        }

        return died == deaths;
    }
}
