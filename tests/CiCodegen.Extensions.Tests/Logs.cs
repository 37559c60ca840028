using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CiCodegen.Extensions.Tests;

/// <summary>All that is logged, at every level.</summary>
internal sealed class Logs : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, EventId Id, string Text)> _all = new();

    public string Text => string.Join('\n', _all.Select(line => line.Text));

    /// <summary>What some categories logged.</summary>
    public string TextOf(string prefix) => string.Join('\n', _all.Where(line => line.Category.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line.Text));

    public IEnumerable<string> Of(string category, int id) => _all.Where(line => line.Category == category && line.Id.Id == id).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, _all);

    public void Dispose()
    {
        // Holds nothing.
    }

    private sealed class Writer(string category, ConcurrentQueue<(string, EventId, string)> all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => all.Enqueue((category, eventId, $"{logLevel} {formatter(state, exception)} {exception} {string.Join(',', (state as IEnumerable<KeyValuePair<string, object?>>)?.Select(pair => pair.Value) ?? [])}"));
    }
}

/// <summary>A log whose disk is full.</summary>
internal sealed class BrokenLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => categoryName == CiInstrumentation.LogCategory ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => throw new IOException("no space left on the device");

    public void Dispose()
    {
        // Holds nothing.
    }
}
