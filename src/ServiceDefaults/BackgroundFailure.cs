using System.Data.Common;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Equecel.ServiceDefaults;

/// <summary>Counts what fails in the background, where nobody is told of it and it is tried again, and names it for the log.</summary>
public static class BackgroundFailure
{
    /// <summary>Name of the counter; its tag <c>work</c> says what failed.</summary>
    public const string Counter = "equecel.background.failures";

    private static readonly Meter Meter = new("Equecel.Background");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(Counter, description: "Failures of work in the background. It is tried again.");

    /// <summary>Counts a failure.</summary>
    /// <param name="work">What failed, such as <c>relay</c>.</param>
    /// <param name="e">The failure.</param>
    /// <returns>Its name.</returns>
    public static string Count(string work, Exception e)
    {
        Failures.Add(1, new KeyValuePair<string, object?>("work", work));
        return NameOf(e);
    }

    /// <summary>What a failure is called in the log: nothing of what it says, since that can quote a form.</summary>
    /// <param name="e">The failure.</param>
    public static string NameOf(Exception e) => e switch
    {
        DbException { SqlState: { } state } => state,
        RpcException rpc => $"{rpc.StatusCode}",
        _ => e.GetType().Name,
    };
}
