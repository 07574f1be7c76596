using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Google.Protobuf;
using RabbitMQ.Client;

namespace Equecel.Records.Relaying;

/// <summary>A row of the journal as a message.</summary>
/// <param name="RoutingKey">Service and kind, such as <c>safety.death</c>.</param>
/// <param name="Properties">Identity, type and origin; no clinical content.</param>
/// <param name="Body">The service's record change, as protobuf.</param>
internal sealed record RelayMessage(string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    public static RelayMessage Of(string service, RecordContract contract, StoredVersion version) => new(
        $"{service}.{version.Header.Kind}",
        new BasicProperties
        {
            Persistent = true,
            MessageId = $"{version.Header.RecordId}/{version.Header.Version}",
            Type = contract.ChangeType,
            ContentType = "application/x-protobuf",
            AppId = service,
        },
        Change(version));

    /// <summary>A change whose field 1 is a record whose field 1 is the header; the content follows as it was stored.</summary>
    private static byte[] Change(StoredVersion version)
    {
        const uint Field1 = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;
        var headerSize = version.Header.CalculateSize();
        var recordSize = 1 + CodedOutputStream.ComputeLengthSize(headerSize) + headerSize + version.Content.Length;
        var body = new byte[1 + CodedOutputStream.ComputeLengthSize(recordSize) + recordSize];

        var output = new CodedOutputStream(body);
        output.WriteTag(Field1);
        output.WriteLength(recordSize);
        output.WriteTag(Field1);
        output.WriteLength(headerSize);
        version.Header.WriteTo(output);
        output.Flush();
        version.Content.Span.CopyTo(body.AsSpan(body.Length - version.Content.Length));
        return body;
    }
}
