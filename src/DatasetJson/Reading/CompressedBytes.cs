namespace Equecel.DatasetJson.Reading;

/// <summary>
/// Gives the last bytes of a compressed file one by one, so that the position tells where its stream ends: a decompression reads as much as it
/// is given, and does not say how much of that it used.
/// </summary>
/// <param name="raw">The file. Is left open.</param>
internal sealed class CompressedBytes(Stream raw) : Stream
{
    private const int OneByOne = 4096;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => raw.Length;

    /// <inheritdoc/>
    public override long Position { get => raw.Position; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var before = raw.Length - raw.Position - OneByOne;
        return raw.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(before, 1))]);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
