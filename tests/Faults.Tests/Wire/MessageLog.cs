using System.Collections.Concurrent;
using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;

namespace Equecel.Faults.Tests.Wire;

/// <summary>A message as it was seen on the wire.</summary>
/// <param name="RoutingKey">Its routing key.</param>
/// <param name="Properties">Its text properties by name.</param>
/// <param name="Body">Its body.</param>
internal sealed record CapturedMessage(string RoutingKey, IReadOnlyDictionary<string, string> Properties, byte[] Body)
{
    /// <summary>What it tells of: records and versions; nothing of a message that the examiner itself has spoilt.</summary>
    public IReadOnlyList<string> Versions
    {
        get
        {
            if (Properties.GetValueOrDefault("message_id", "").StartsWith(MessageChecks.PlantedPrefix, StringComparison.Ordinal))
            {
                return [];
            }

            return [.. CaptureService.Named(Properties["app_id"]).HeadersIn(Body).Select(header => $"{header.RecordId}/{header.Version}")];
        }
    }
}

/// <summary>What the links to the broker have seen.</summary>
internal sealed class MessageLog
{
    private const int MostCaptured = 5000;

    /// <summary>The latest messages that services published.</summary>
    public ConcurrentQueue<CapturedMessage> Published { get; } = new();

    /// <summary>Versions in messages that the broker has confirmed.</summary>
    public ConcurrentDictionary<string, bool> Confirmed { get; } = new();

    /// <summary>Versions in messages that a consumer has acknowledged.</summary>
    public ConcurrentDictionary<string, bool> Acknowledged { get; } = new();

    /// <summary>Notes a message that is published.</summary>
    public void Publish(CapturedMessage message)
    {
        Published.Enqueue(message);
        if (Published.Count > MostCaptured)
        {
            Published.TryDequeue(out _);
        }
    }
}
