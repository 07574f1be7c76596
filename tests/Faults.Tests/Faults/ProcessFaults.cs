using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Processes that are killed, frozen, stopped, or die again and again.</summary>
internal static class ProcessFaults
{
    private static readonly string[] Names = ["identity", "enrolment", "assessment", "safety", "questionnaire", "analytics", "gateway", "postgres", "messaging", "cache"];

    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. Names.Select(name => new Fault($"kill -9 of {name}", "kill", context => KillAsync(context, name))),
        .. Names.Select(name => new Fault($"{name} frozen", "freeze", context => FreezeAsync(context, name))),
        .. Names.Select(name => new Fault($"{name} stopped and started", "stop", context => RestartAsync(Find(context, name)))),
        new("a session of the database killed", "kill", KillSessionAsync),
        new("rolling restart of all services", "rolling restart", RollAsync),
        new("everything killed at once", "kill", KillAllAsync),
    ];

    /// <summary>Stops each service in turn, and starts it again. Who connects to the gateway meanwhile waits, as at the load balancer before it.</summary>
    public static async Task<bool> RollAsync(FaultContext context)
    {
        // How soon a program starts is the machine's affair: nobody gives up for that. First no attempt may be under way that would.
        context.Load.SetDeadline(LongWait);
        await Task.Delay(SiteClient.UsualDeadline);
        var stopped = 0;
        foreach (var service in context.Platform.Services)
        {
            SetWaits(service.Name == "gateway");
            stopped += await RestartAsync(service) ? 1 : 0;
            SetWaits(false);
        }

        context.Load.SetDeadline(SiteClient.UsualDeadline);
        return stopped == context.Platform.Services.Count;

        void SetWaits(bool waits) => Array.ForEach([context.Platform.Link("sites-gateway"), context.Platform.Link("sites-tokens")], link => link.Waits = waits);
    }

    private static Part Find(FaultContext context, string name) => context.Platform.Parts.Single(part => part.Name == name);

    private static async Task<bool> KillAsync(FaultContext context, string name)
    {
        await Task.Delay(context.Between(0, 500));
        var killed = Find(context, name).Kill();
        await context.StartAgainAsync(Find(context, name));
        return killed;
    }

    private static async Task<bool> KillAllAsync(FaultContext context)
    {
        var killed = context.Platform.Parts.Count(part => part.Kill());
        await Task.WhenAll(context.Platform.Parts.Select(context.StartAgainAsync));
        return killed == context.Platform.Parts.Count;
    }

    private static async Task<bool> FreezeAsync(FaultContext context, string name)
    {
        var frozen = Find(context, name).Freeze();
        await Task.Delay(context.Between(500, 9000));
        Find(context, name).Thaw();
        return frozen;
    }

    private static async Task<bool> RestartAsync(Part part)
    {
        var stopped = await part.StopAsync();
        await part.StartAsync();
        return stopped;
    }

    private static async Task<bool> KillSessionAsync(FaultContext context)
    {
        // PostgreSQL takes the death of a session's process for a broken memory: it ends all sessions and recovers.
        var postgres = context.Platform.Postgres;
        var children = Children(postgres.Pid);
        if (children.Count == 0)
        {
            return false;
        }

        Signals.Send(context.OneOf(children), Signal.Kill);
        await postgres.StartAsync();
        return true;
    }

    private static List<int> Children(int? parent)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, null))];
        }
        catch (IOException)
        {
            // It has just ended.
            return [];
        }
    }
}
