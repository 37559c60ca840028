using System.Globalization;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>Posts what has become of a job to the address that its request, or its queue, names.</summary>
/// <remarks>A receiver that does not answer with 2xx is asked again twice. What is under way when the emulator ends is sent by the next one where jobs are kept in a file, else never.</remarks>
internal sealed class CallbackSender(CiEmulatorOptions options, QueueStore queues) : IAsyncDisposable
{
    private const int MaxTries = 3;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Takes note of a job that was made.</summary>
    /// <param name="job">The job.</param>
    /// <param name="document">Makes the callback's document once the job has ended.</param>
    /// <param name="told">Is called when the callback has been sent, or given up.</param>
    public void Expect(Job job, Func<XElement> document, Action told)
    {
        if (AddressOf(job) is not { } target)
        {
            return;
        }

        lock (_lock)
        {
            if (_end.IsCancellationRequested)
            {
                return;
            }

            Task running = SendAsync(job, target, document, told);
            if (!running.IsCompleted)
            {
                _running.Add(running);
                _ = running.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            _end.Cancel();
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        _http.Dispose();
        _end.Dispose();
    }

    private void Forget(Task task)
    {
        lock (_lock)
        {
            _running.Remove(task);
        }
    }

    /// <summary>Where a job's callback goes; the job's own words come before those of its queue.</summary>
    private CallbackTarget? AddressOf(Job job)
    {
        CallbackTarget? queue = queues.CallbackOf(job.Bucket, job.QueueId);
        string type = Text(job, "CallBackType") ?? queue?.Type ?? "Url";
        string? address = Text(job, "CallBack") ?? queue?.Url;
        string format = Text(job, "CallBackFormat") ?? queue?.Format ?? "XML";

        // A message queue is nothing that runs on this machine.
        return type == "Url" && address is not (null or "no") && Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? new(uri.OriginalString, format, type)
            : null;
    }

    private static string? Text(Job job, string name) => job.Request.Element(name)?.Value is { Length: > 0 } text ? text : null;

    private async Task SendAsync(Job job, CallbackTarget target, Func<XElement> document, Action told)
    {
        try
        {
            await UntilEndAsync(job).ConfigureAwait(false);
            if (job.Cancelled is not null)
            {
                return;
            }

            XElement root = document();
            bool isJson = target.Format.Equals("JSON", StringComparison.OrdinalIgnoreCase);
            byte[] body = isJson ? CallbackJson.Of(root) : Documents.Write(root);
            for (int tries = 1; !await TryAsync(target.Url, body, isJson).ConfigureAwait(false) && tries < MaxTries; tries++)
            {
                await Task.Delay(TimeSpan.FromSeconds(tries), options.TimeProvider, _end.Token).ConfigureAwait(false);
            }

            Note(told);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The emulator ends.
        }
    }

    private static void Note(Action told)
    {
        try
        {
            told();
        }
        catch (IOException)
        {
            // The file of the jobs cannot be written. Receivers have to bear a callback that comes twice, as from the service.
        }
    }

    /// <summary>Waits until a job has ended, by the clock of the options.</summary>
    private async Task UntilEndAsync(Job job)
    {
        while (JobStatus.Of(job, options, options.TimeProvider.GetUtcNow()) is { Ended: null } && JobStatus.EndOf(job, options) is { } end)
        {
            TimeSpan left = end - options.TimeProvider.GetUtcNow();

            // Timers take about 49 days at most; a job that never ends is looked at again.
            TimeSpan wait = left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : left;
            await Task.Delay(wait, options.TimeProvider, _end.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAsync(string url, byte[] body, bool isJson)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(isJson ? "application/json" : "application/xml");
        try
        {
            using HttpResponseMessage answer = await _http.PostAsync(new Uri(url), content, _end.Token).ConfigureAwait(false);
            return (int)answer.StatusCode is >= 200 and < 300;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // The receiver is not there, which is its own affair; or the emulator ends.
            _end.Token.ThrowIfCancellationRequested();
            return false;
        }
    }
}

/// <summary>Where callbacks go.</summary>
/// <param name="Url">The address.</param>
/// <param name="Format">XML or JSON.</param>
/// <param name="Type">Url, or a message queue.</param>
internal sealed record CallbackTarget(string Url, string Format, string Type)
{
    /// <summary>The address and format, for messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Format} to {Url}");
}
