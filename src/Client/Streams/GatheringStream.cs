namespace Equecel.Client.Streams;

/// <summary>Gathers small writes to a stream until it is flushed or the gathering place is full. Leaves the stream open.</summary>
internal sealed class GatheringStream(Stream stream) : Stream
{
    // A few frames of HTTP/2, which are 16 KiB as servers set them.
    private readonly byte[] gathered = new byte[32 * 1024];
    private int count;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > gathered.Length - count)
        {
            return WriteThroughAsync(buffer, cancellationToken);
        }

        buffer.Span.CopyTo(gathered.AsSpan(count));
        count += buffer.Length;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await PassOnAsync(cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await PassOnAsync(cancellationToken);
        if (buffer.Length > gathered.Length)
        {
            await stream.WriteAsync(buffer, cancellationToken);
            return;
        }

        buffer.CopyTo(gathered);
        count = buffer.Length;
    }

    private async ValueTask PassOnAsync(CancellationToken cancellationToken)
    {
        if (count > 0)
        {
            var full = gathered.AsMemory(0, count);
            count = 0;
            await stream.WriteAsync(full, cancellationToken);
        }
    }
}
