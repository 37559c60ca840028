using Microsoft.Extensions.Logging;

namespace CiCodegen.Extensions;

/// <summary>Passes over what a log throws: a full disk must cost neither a job's id nor a callback, and there is nobody else to tell.</summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    /// <summary>The logger of the library's category.</summary>
    /// <param name="loggers">Makes it; null for none.</param>
    public static ILogger Of(ILoggerFactory? loggers) => loggers is null ? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance : new QuietLogger(loggers.CreateLogger(CiInstrumentation.LogCategory));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // See above; the factory's logger has told the other logs by then.
        }
    }
}
