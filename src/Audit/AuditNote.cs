using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Equecel.Records.V1;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Audit;

/// <summary>Something that happened and is kept for good. Ids and codes only, never what a form says.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">Who; empty without an accepted token.</param>
/// <param name="Client">OAuth client; empty without an accepted token.</param>
/// <param name="Method">What was called.</param>
/// <param name="Subject">Participant, site, or record and version; empty when it was about nothing in particular.</param>
/// <param name="Detail">What a refused call lacked, or why something was done.</param>
public sealed record AuditNote(AuditEventKind Kind, string Actor, string Client, string Method, string Subject, string Detail)
{
    /// <summary>Version of the layout that is hashed.</summary>
    private const byte Layout = 1;

    /// <summary>Something that a caller did.</summary>
    public static AuditNote Of(AuditEventKind kind, ServerCallContext context, string subject, string detail = "")
    {
        var caller = Caller.Of(context);
        return new AuditNote(kind, caller.Actor, caller.Client, context.Method, subject, detail);
    }

    /// <summary>What a refused call lacked, such as <c>SCOPE_MISSING scope equecel.study</c>.</summary>
    public static string LackOf(RpcException refusal)
    {
        var info = refusal.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>();
        return string.Join(' ', info is null ? [] : info.Metadata.Select(lacked => $"{lacked.Key} {lacked.Value}").Prepend(info.Reason));
    }

    /// <summary>Hash of an event: over the previous one's hash and everything that is said of it, in a fixed binary layout.</summary>
    /// <param name="previousHash">Hash of the previous event; empty for the first.</param>
    /// <param name="number">Number of the event.</param>
    /// <param name="time">When it was saved.</param>
    /// <param name="count">How often it happened.</param>
    public byte[] Hash(ReadOnlySpan<byte> previousHash, long number, DateTime time, long count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[1 + 8 + 2 + 8 + 8];
        numbers[0] = Layout;
        BinaryPrimitives.WriteInt64BigEndian(numbers[1..], number);
        BinaryPrimitives.WriteInt16BigEndian(numbers[9..], (short)Kind);
        BinaryPrimitives.WriteInt64BigEndian(numbers[11..], (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteInt64BigEndian(numbers[19..], count);
        hash.AppendData(numbers);
        hash.AppendData(previousHash);
        foreach (var text in (ReadOnlySpan<string>)[Actor, Client, Method, Subject, Detail])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(numbers, bytes.Length);
            hash.AppendData(numbers[..4]);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
