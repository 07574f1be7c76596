using System.Buffers;
using System.Buffers.Binary;

namespace Equecel.Gateway;

/// <summary>The answer to a gRPC call, of which only whole messages go out.</summary>
/// <remarks>
/// A service that is lost in the middle of a message leaves a piece of it. A client that gets the piece fails on it before it reads why
/// the answer ended. A message is "Length-Prefixed-Message" in the gRPC over HTTP/2 specification: a flag, four bytes of length, the rest.
/// </remarks>
/// <param name="answer">Where the messages go.</param>
internal sealed class WholeMessages(Stream answer) : Stream
{
    private const int PrefixBytes = 5;

    // Empty, or the beginning of a message.
    private readonly ArrayBufferWriter<byte> begun = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (begun.WrittenCount > 0 && buffer.Length > 0)
        {
            var more = (int)Math.Min(Lacking(begun.WrittenSpan), buffer.Length);
            begun.Write(buffer.Span[..more]);
            buffer = buffer[more..];
            if (Lacking(begun.WrittenSpan) == 0)
            {
                await answer.WriteAsync(begun.WrittenMemory, cancellationToken);
                begun.ResetWrittenCount();
            }
        }

        var whole = WholeBytes(buffer.Span);
        if (whole > 0)
        {
            await answer.WriteAsync(buffer[..whole], cancellationToken);
        }

        begun.Write(buffer.Span[whole..]);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => answer.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static int WholeBytes(ReadOnlySpan<byte> bytes)
    {
        var whole = 0;
        while (Lacking(bytes[whole..]) is <= 0 and var beyond)
        {
            whole = (int)(bytes.Length + beyond);
        }

        return whole;
    }

    // Of the message that begins here, at least; of the prefix as long as that is not whole. Negative: bytes that come after it.
    private static long Lacking(ReadOnlySpan<byte> begun) => begun.Length < PrefixBytes
        ? PrefixBytes - begun.Length
        : PrefixBytes + (long)BinaryPrimitives.ReadUInt32BigEndian(begun[1..]) - begun.Length;
}
