using Microsoft.Extensions.Logging;

namespace Equecel.Testing;

/// <summary>Writes what is logged into a list, a line an entry: level, message, exception.</summary>
/// <param name="lines">The list; locked while it is written.</param>
public sealed class LogLines(List<string> lines) : ILoggerProvider, ILogger
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (lines)
        {
            lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
