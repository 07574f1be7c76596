using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Processes that are killed, frozen, stopped, or die again and again.</summary>
internal static class ProcessFaults
{
    private static readonly string[] Names = ["identity", "enrolment", "assessment", "safety", "questionnaire", "analytics", "gateway", "postgres", "messaging", "cache"];

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

    /// <summary>Stops each service in turn, and starts it again.</summary>
    public static async Task RollAsync(FaultContext context)
    {
        foreach (var service in context.Platform.Services)
        {
            await RestartAsync(service);
        }
    }

    private static Part Find(FaultContext context, string name) => context.Platform.Parts.Single(part => part.Name == name);

    private static async Task KillAsync(FaultContext context, string name)
    {
        await Task.Delay(context.Between(0, 500));
        Find(context, name).Kill();
        await context.StartAgainAsync(Find(context, name));
    }

    private static async Task KillAllAsync(FaultContext context)
    {
        foreach (var part in context.Platform.Parts)
        {
            part.Kill();
        }

        await Task.WhenAll(context.Platform.Parts.Select(context.StartAgainAsync));
    }

    private static async Task FreezeAsync(FaultContext context, string name)
    {
        Find(context, name).Freeze();
        await Task.Delay(context.Between(500, 9000));
        Find(context, name).Thaw();
    }

    private static async Task RestartAsync(Part part)
    {
        await part.StopAsync();
        await part.StartAsync();
    }

    private static async Task KillSessionAsync(FaultContext context)
    {
        // PostgreSQL takes the death of a session's process for a broken memory: it ends all sessions and recovers.
        var postgres = context.Platform.Postgres;
        var children = Children(postgres.Pid);
        if (children.Count > 0)
        {
            Signals.Send(context.OneOf(children), Signal.Kill);
            await postgres.StartAsync();
        }
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
