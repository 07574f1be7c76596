using System.Buffers.Binary;
using System.Collections.Concurrent;
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

    // What the server's next answers mean: one for each request that asks for an answer.
    private readonly ConcurrentQueue<WirePoint> answers = new();
    private bool started;
    private volatile bool answersByOneByte;
    private bool inTransaction;
    private bool commits;
    private (WirePoint Committing, WirePoint Committed)? pending;

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
            if (started)
            {
                answers.Enqueue(WirePoint.None);
            }

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
                var end = End();
                return point is WirePoint.None ? end : point;
            case 'S':
                return End();
            default:
                return WirePoint.None;
        }
    }

    private WirePoint Begin(string statement)
    {
        inTransaction |= statement.StartsWith("begin", StringComparison.OrdinalIgnoreCase);
        commits |= statement.StartsWith("commit", StringComparison.OrdinalIgnoreCase);
        if (statement.StartsWith("rollback", StringComparison.OrdinalIgnoreCase))
        {
            (inTransaction, pending) = (false, null);
        }

        foreach (var (text, requested, committing, committed) in Statements)
        {
            if (statement.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                pending = (committing, committed);
                return requested;
            }
        }

        return WirePoint.None;
    }

    /// <summary>The server answers now. A statement outside a transaction commits by itself.</summary>
    private WirePoint End()
    {
        var committed = pending is { } written && (commits || !inTransaction) ? written : (WirePoint.None, WirePoint.None);
        if (commits || !inTransaction)
        {
            (inTransaction, commits, pending) = (false, false, null);
        }

        answers.Enqueue(committed.Item2);
        return committed.Item1;
    }

    private WirePoint ReadAnswer(ReadOnlySpan<byte> message)
    {
        if (answersByOneByte)
        {
            answersByOneByte = false;
            return WirePoint.None;
        }

        return message[0] == 'Z' && answers.TryDequeue(out var point) ? point : WirePoint.None;
    }

    private static string Text(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(body[..end]);
        body = body[(end + 1)..];
        return text;
    }
}
