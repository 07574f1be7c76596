using System.Collections.Concurrent;

namespace Equecel.Faults.Tests.Wire;

/// <summary>A message as it was seen on the wire.</summary>
/// <param name="RoutingKey">Its routing key.</param>
/// <param name="Properties">Its text properties by name.</param>
/// <param name="Body">Its body.</param>
internal sealed record CapturedMessage(string RoutingKey, IReadOnlyDictionary<string, string> Properties, byte[] Body)
{
    /// <summary>Its id: the record and the version that it tells of.</summary>
    public string Id => Properties.GetValueOrDefault("message_id", "");
}

/// <summary>What the links to the broker have seen.</summary>
internal sealed class MessageLog
{
    private const int MostCaptured = 5000;

    /// <summary>The latest messages that services published.</summary>
    public ConcurrentQueue<CapturedMessage> Published { get; } = new();

    /// <summary>Ids of messages that the broker has confirmed.</summary>
    public ConcurrentDictionary<string, bool> Confirmed { get; } = new();

    /// <summary>Ids of messages that a consumer has acknowledged.</summary>
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
