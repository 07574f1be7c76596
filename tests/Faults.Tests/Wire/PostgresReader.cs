using System.Buffers.Binary;
using System.Text;

namespace Equecel.Faults.Tests.Wire;

/// <summary>Follows a PostgreSQL connection without encryption.</summary>
/// <remarks>Source: PostgreSQL 15 documentation, chapter 55, Frontend/Backend Protocol.</remarks>
internal sealed class PostgresReader : IWireReader
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    private static readonly (string Text, WirePoint Requested, WirePoint Committing, WirePoint Committed)[] Statements =
    [
        ("insert into journal", WirePoint.SaveRequested, WirePoint.SaveCommitting, WirePoint.SaveCommitted),
        ("insert into relay_positions", WirePoint.PositionRequested, WirePoint.None, WirePoint.None),
        ("insert into record_versions", WirePoint.None, WirePoint.IntakeCommitting, WirePoint.IntakeCommitted),
    ];

    private readonly Dictionary<string, string> prepared = [];
    private bool started;
    private volatile bool answersByOneByte;
    private bool inTransaction;
    private bool commits;
    private volatile Pending? pending;

    /// <inheritdoc/>
    public int? Frame(ReadOnlySpan<byte> bytes, bool fromServer)
    {
        if (fromServer && answersByOneByte)
        {
            return bytes.Length > 0 ? 1 : null;
        }

        // Before the start-up message has passed, what a client sends has no type.
        var header = !fromServer && !started ? 0 : 1;
        if (bytes.Length < header + 4)
        {
            return null;
        }

        var length = header + BinaryPrimitives.ReadInt32BigEndian(bytes[header..]);
        return bytes.Length >= length ? length : null;
    }

    /// <inheritdoc/>
    public WirePoint Read(ReadOnlySpan<byte> message, bool fromServer) => fromServer ? ReadAnswer(message) : ReadRequest(message);

    private WirePoint ReadRequest(ReadOnlySpan<byte> message)
    {
        if (!started)
        {
            answersByOneByte = BinaryPrimitives.ReadInt32BigEndian(message[4..]) is SslRequest or GssRequest;
            started = !answersByOneByte;
            return WirePoint.None;
        }

        var body = message[5..];
        switch ((char)message[0])
        {
            case 'P':
                var name = Text(ref body);
                prepared[name] = Text(ref body);
                return WirePoint.None;
            case 'B':
                Text(ref body);
                return Begin(prepared.GetValueOrDefault(Text(ref body), ""));
            case 'Q':
                var point = Begin(Text(ref body));
                return point is WirePoint.None ? End() : point;
            case 'S':
                return End();
            default:
                return WirePoint.None;
        }
    }

    private WirePoint Begin(string statement)
    {
        if (statement.StartsWith("begin", StringComparison.OrdinalIgnoreCase))
        {
            inTransaction = true;
            return WirePoint.None;
        }

        commits |= statement.StartsWith("commit", StringComparison.OrdinalIgnoreCase);
        foreach (var (text, requested, committing, committed) in Statements)
        {
            if (statement.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                pending = new Pending(committing, committed);
                return requested;
            }
        }

        return WirePoint.None;
    }

    // A statement outside a transaction commits by itself.
    private WirePoint End() => pending is { } written && (commits || !inTransaction) ? written.Committing : WirePoint.None;

    private WirePoint ReadAnswer(ReadOnlySpan<byte> message)
    {
        if (answersByOneByte)
        {
            answersByOneByte = false;
            return WirePoint.None;
        }

        if (message[0] != 'Z')
        {
            return WirePoint.None;
        }

        inTransaction = message[5] != 'I';
        if (inTransaction || pending is not { } written)
        {
            return WirePoint.None;
        }

        (pending, commits) = (null, false);
        return written.Committed;
    }

    private static string Text(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(body[..end]);
        body = body[(end + 1)..];
        return text;
    }

    private sealed record Pending(WirePoint Committing, WirePoint Committed);
}
