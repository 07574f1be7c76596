using Grpc.Core;

namespace Equecel.ServiceDefaults;

/// <summary>Writes a stream of answers whose end the caller is told, however it comes.</summary>
/// <param name="writer">Writes it.</param>
internal sealed class EndableWriter<T>(IServerStreamWriter<T> writer) : IServerStreamWriter<T>
    where T : class
{
    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => writer.WriteOptions;
        set => writer.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(T message) => writer.WriteAsync(message);

    /// <inheritdoc/>
    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        // The library answers a token that fires by resetting the stream, and the caller would get no status.
        cancellationToken.ThrowIfCancellationRequested();
        return writer.WriteAsync(message, CancellationToken.None).WaitAsync(cancellationToken);
    }
}
