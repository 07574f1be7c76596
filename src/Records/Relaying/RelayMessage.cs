using Equecel.Records.Store;
using Equecel.Records.Verbs;
using Google.Protobuf;
using RabbitMQ.Client;

namespace Equecel.Records.Relaying;

/// <summary>Rows of the journal as a message: changes of one kind, in the order of the journal.</summary>
/// <param name="RoutingKey">Service and kind, such as <c>safety.death</c>.</param>
/// <param name="Properties">Identity, type and origin; no clinical content.</param>
/// <param name="Body">The service's record changes, as protobuf.</param>
internal sealed record RelayMessage(string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    /// <summary>Most changes in a message. A message costs the broker as much as a hundred more changes in it.</summary>
    public const int MaxChanges = 100;

    // Far below what the broker and its clients take.
    private const int EnoughBytes = 128 * 1024;
    private const uint Field1 = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;

    /// <summary>Packs rows into messages.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="contract">Its records.</param>
    /// <param name="versions">The rows.</param>
    public static IEnumerable<RelayMessage> Pack(string service, RecordContract contract, IEnumerable<StoredVersion> versions)
    {
        foreach (var ofKind in versions.GroupBy(version => version.Header.Kind))
        {
            var (open, size) = (new List<StoredVersion>(), 0);
            foreach (var version in ofKind)
            {
                open.Add(version);
                size += Sizes.Field(Sizes.Of(version).Change);
                if (open.Count == MaxChanges || size >= EnoughBytes)
                {
                    yield return Of(service, contract, open);
                    (open, size) = ([], 0);
                }
            }

            if (open.Count > 0)
            {
                yield return Of(service, contract, open);
            }
        }
    }

    private static RelayMessage Of(string service, RecordContract contract, List<StoredVersion> versions) => new(
        $"{service}.{versions[0].Header.Kind}",
        new BasicProperties
        {
            Persistent = true,
            MessageId = MessageId(versions),
            Type = contract.MessageType,
            ContentType = "application/x-protobuf",
            AppId = service,
        },
        BodyOf(versions));

    /// <summary>Record and version of the first change, and how many follow.</summary>
    private static string MessageId(List<StoredVersion> versions) =>
        $"{versions[0].Header.RecordId}/{versions[0].Header.Version}" + (versions.Count == 1 ? "" : $"+{versions.Count - 1}");

    /// <summary>Changes in field 1; a change's field 1 is a record, whose field 1 is the header; the content follows as it was stored.</summary>
    private static byte[] BodyOf(List<StoredVersion> versions)
    {
        var sizes = versions.ConvertAll(Sizes.Of);
        var body = new byte[sizes.Sum(size => Sizes.Field(size.Change))];
        var at = 0;
        foreach (var (version, size) in versions.Zip(sizes))
        {
            at += Write(body.AsSpan(at), version, size);
        }

        return body;
    }

    private static int Write(Span<byte> body, StoredVersion version, Sizes size)
    {
        var head = Sizes.Field(size.Change) - version.Content.Length;
        var prefix = new byte[head];
        var output = new CodedOutputStream(prefix);
        output.WriteTag(Field1);
        output.WriteLength(size.Change);
        output.WriteTag(Field1);
        output.WriteLength(size.Record);
        output.WriteTag(Field1);
        output.WriteLength(size.Header);
        version.Header.WriteTo(output);
        output.Flush();
        prefix.CopyTo(body);
        version.Content.Span.CopyTo(body[head..]);
        return head + version.Content.Length;
    }

    private readonly record struct Sizes(int Change, int Record, int Header)
    {
        public static Sizes Of(StoredVersion version)
        {
            var header = version.Header.CalculateSize();
            var record = Field(header) + version.Content.Length;
            return new Sizes(Field(record), record, header);
        }

        public static int Field(int length) => 1 + CodedOutputStream.ComputeLengthSize(length) + length;
    }
}
