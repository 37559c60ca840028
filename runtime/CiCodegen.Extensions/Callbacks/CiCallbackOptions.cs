using CiCodegen.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace CiCodegen.Extensions;

/// <summary>Handles the callbacks of one Tag's jobs; resolved from a scope of its own for each.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
public interface ICiCallbackHandler<in TJob>
    where TJob : CiJob
{
    /// <summary>Handles a callback. What throws is tried again.</summary>
    /// <param name="job">The job as the callback tells it. Who pays by it asks the service: a callback can be forged by whoever knows the address.</param>
    /// <param name="context">What else came.</param>
    /// <param name="cancellationToken">The host stops.</param>
    Task HandleAsync(TJob job, CiCallbackContext context, CancellationToken cancellationToken);
}

/// <summary>What a handler is told beside the job.</summary>
public sealed class CiCallbackContext
{
    internal CiCallbackContext(IServiceProvider services, CiStoredCallback stored, string? eventName, Exception? unreadable, int @try)
    {
        Services = services;
        Stored = stored;
        EventName = eventName;
        Unreadable = unreadable;
        Try = @try;
    }

    /// <summary>The services of this callback's scope.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The callback as it was kept.</summary>
    public CiStoredCallback Stored { get; }

    /// <summary>Node <c>EventName</c>; null when there is none.</summary>
    public string? EventName { get; }

    /// <summary>Why the job came as its envelope although its Tag is known; null otherwise.</summary>
    public Exception? Unreadable { get; }

    /// <summary>Which try it is, from 1.</summary>
    public int Try { get; }
}

/// <summary>How callbacks are received and handled.</summary>
public sealed class CiCallbackOptions
{
    private readonly List<Handler> _handlers = [];

    /// <summary>The Tags that are read as their own types, as in <c>CiTagCatalog.All</c>; others come as envelopes.</summary>
    public IReadOnlyList<CiTagBinding> Tags { get; set; } = [];

    /// <summary>The secrets of which one must stand in the address that the service calls, as in <c>https://…/ci?secret=…</c>; more than one while they change.</summary>
    /// <remarks>ASP.NET Core logs the query of each request in the category <c>Microsoft.AspNetCore.Hosting.Diagnostics</c>: set that to <c>Warning</c>.</remarks>
    public IList<string> Secrets { get; } = [];

    /// <summary>Whether callbacks without a secret are taken; false.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>The parameter of the address that has the secret; <c>secret</c>. Access logs that write addresses down should leave it out.</summary>
    public string SecretParameter { get; set; } = "secret";

    /// <summary>Bytes of a body at most; 10 MiB.</summary>
    public int MaxBodyLength { get; set; } = 10 * 1024 * 1024;

    /// <summary>How long a body may take to come; 10 seconds.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many handlers run at once; 4.</summary>
    public int MaxConcurrency { get; set; } = 4;

    /// <summary>How many callbacks wait for their handler at most; 1,000. More are answered with 503.</summary>
    public int QueueLength { get; set; } = 1000;

    /// <summary>How often a handler that throws is called; 5.</summary>
    public int MaxTries { get; set; } = 5;

    /// <summary>The pause before the second call; it doubles from call to call, up to a day. One second.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The limits within which callbacks are read.</summary>
    public CiReaderOptions ReaderOptions { get; set; } = CiReaderOptions.Default;

    internal Func<CiJob, CiCallbackContext, CancellationToken, Task>? Fallback { get; private set; }

    /// <summary>Handles the jobs of a Tag.</summary>
    /// <typeparam name="TJob">The Tag's job; its Tag must be among <see cref="Tags"/>.</typeparam>
    /// <param name="handle">Handles a callback; what throws is tried again.</param>
    /// <returns>These options.</returns>
    public CiCallbackOptions On<TJob>(Func<TJob, CiCallbackContext, CancellationToken, Task> handle)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(handle);
        _handlers.Add(new(TJob.JobTag.Name, static job => job is TJob, (job, context, cancellationToken) => handle((TJob)job, context, cancellationToken)));
        return this;
    }

    /// <summary>Handles the jobs of a Tag by a service.</summary>
    /// <typeparam name="TJob">The Tag's job; its Tag must be among <see cref="Tags"/>.</typeparam>
    /// <typeparam name="THandler">The service.</typeparam>
    /// <returns>These options.</returns>
    public CiCallbackOptions On<TJob, THandler>()
        where TJob : CiJob, ICiJob<TJob>
        where THandler : ICiCallbackHandler<TJob>
        => On<TJob>(static (job, context, cancellationToken) => context.Services.GetRequiredService<THandler>().HandleAsync(job, context, cancellationToken));

    /// <summary>Handles all other jobs: of Tags without a handler, and what cannot be read as its own type.</summary>
    /// <param name="handle">Handles a callback; what throws is tried again.</param>
    /// <returns>These options.</returns>
    public CiCallbackOptions Otherwise(Func<CiJob, CiCallbackContext, CancellationToken, Task> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        Fallback = handle;
        return this;
    }

    /// <summary>The handler of a job; null when there is none.</summary>
    internal Func<CiJob, CiCallbackContext, CancellationToken, Task>? HandlerOf(CiJob job) => _handlers.Find(handler => handler.Takes(job))?.Handle ?? Fallback;

    /// <summary>What is wrong; null when nothing is.</summary>
    internal string? Check()
    {
        HashSet<string> known = [.. Tags.Select(static tag => tag.Tag.Name)];
        return Secrets.Count == 0 && !AllowAnonymous ? $"Callbacks need one of '{nameof(Secrets)}', or '{nameof(AllowAnonymous)}'."
            : Secrets.Any(static secret => secret is not { Length: >= 16 }) ? $"Each of '{nameof(Secrets)}' must have 16 characters or more."
            : MaxBodyLength < 1 || MaxConcurrency < 1 || QueueLength < 1 || MaxTries < 1 ? $"'{nameof(MaxBodyLength)}', '{nameof(MaxConcurrency)}', '{nameof(QueueLength)}' and '{nameof(MaxTries)}' must be 1 or more."
            : BodyTimeout <= TimeSpan.Zero || RetryDelay < TimeSpan.Zero ? $"'{nameof(BodyTimeout)}' must be positive, '{nameof(RetryDelay)}' not negative."
            : string.IsNullOrEmpty(SecretParameter) ? $"'{nameof(SecretParameter)}' is empty."
            : _handlers.Find(handler => !known.Contains(handler.Tag)) is { } stray ? $"There is a handler of Tag '{stray.Tag}', which is not among '{nameof(Tags)}'."
            : _handlers.GroupBy(static handler => handler.Tag, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice ? $"There are two handlers of Tag '{twice.Key}'."
            : _handlers.Count == 0 && Fallback is null ? "There is no handler; add one with 'On' or 'Otherwise'."
            : null;
    }

    private sealed record Handler(string Tag, Predicate<CiJob> Takes, Func<CiJob, CiCallbackContext, CancellationToken, Task> Handle);
}
