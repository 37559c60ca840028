using System.Text.Json;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Service;

/// <summary>One service command: a client, the bindings, and one JSON object or a few lines as its outcome.</summary>
internal sealed class ServiceSession : IDisposable
{
    private readonly HttpClient _http;
    private readonly BindingSource _bindings;

    private ServiceSession(Invocation run, CiClientOptions options, BindingSource bindings)
    {
        SocketsHttpHandler handler = CiClient.CreateHandler();

        // A proxy that the environment names cannot reach this machine's own addresses.
        handler.UseProxy = options.Endpoint?.IsLoopback != true;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _bindings = bindings;
        Client = new CiClient(_http, options, CredentialOptions.Provider(run.Host));
        Run = run;
    }

    public Invocation Run { get; }

    public CiClient Client { get; }

    /// <summary>Runs a command and prints its outcome.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">Where the service is.</param>
    /// <param name="schema">The directory with schemas of the user's own, or null.</param>
    /// <param name="isSubmit">Whether a job is submitted, so that its failure may be ambiguous.</param>
    /// <param name="verb">What is done.</param>
    public static Task<int> RunAsync(Invocation run, ServiceOptions options, string? schema, bool isSubmit, Func<ServiceSession, Task<ServiceAnswer>> verb)
        => RunAsync(run, options, change: null, schema, isSubmit, verb);

    /// <summary>Runs a command and prints its outcome.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">Where the service is.</param>
    /// <param name="change">Changes what the client is made with; null for nothing.</param>
    /// <param name="schema">The directory with schemas of the user's own, or null.</param>
    /// <param name="isSubmit">Whether a job is submitted, so that its failure may be ambiguous.</param>
    /// <param name="verb">What is done.</param>
    public static Task<int> RunAsync(Invocation run, ServiceOptions options, Action<CiClientOptions>? change, string? schema, bool isSubmit, Func<ServiceSession, Task<ServiceAnswer>> verb)
        => RunPrintingAsync(run, options, change, schema, isSubmit, async session =>
        {
            ServiceAnswer answer = await verb(session);
            Print(run, answer);
            return answer.ExitCode;
        });

    /// <summary>Runs a command that prints its outcome itself, unless it fails.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">Where the service is.</param>
    /// <param name="change">Changes what the client is made with; null for nothing.</param>
    /// <param name="schema">The directory with schemas of the user's own, or null.</param>
    /// <param name="isSubmit">Whether a job is submitted, so that its failure may be ambiguous.</param>
    /// <param name="verb">What is done; returns the exit code.</param>
    public static async Task<int> RunPrintingAsync(Invocation run, ServiceOptions options, Action<CiClientOptions>? change, string? schema, bool isSubmit, Func<ServiceSession, Task<int>> verb)
    {
        ServiceFailure failure;
        try
        {
            BindingSource bindings = BindingSource.Load(run, schema);
            CiClientOptions made = options.Create(run);
            change?.Invoke(made);
            using ServiceSession session = new(run, made, bindings);
            return await verb(session);
        }
        catch (ServiceFailureException e)
        {
            failure = e.Failure;
        }
        catch (Exception e) when (ServiceFailure.Of(e, isSubmit) is not null)
        {
            failure = ServiceFailure.Of(e, isSubmit)!;
        }

        run.Error.WriteLine($"error: {failure.Message}{Ids(failure)}");
        foreach (CiViolation violation in failure.Violations)
        {
            run.Error.WriteLine($"  {violation.Path}: {violation.Message} ({violation.Rule})");
        }

        if (run.IsJson)
        {
            run.WriteJson(failure.Write);
        }

        return failure.ExitCode;
    }

    /// <summary>The binding of a Tag.</summary>
    /// <exception cref="CliException">No schema has the Tag.</exception>
    public CiTagBinding Binding(string tag) => _bindings.Find(tag, Run.Cancellation);

    /// <summary>The jobs of an answer with their typed values, as far as they can be read.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="tag">The Tag that was asked for; null takes what the jobs say.</param>
    public IReadOnlyList<JobAnswer> Read(CiRawResult answer, string? tag)
    {
        JobAnswer[] jobs = [.. answer.Jobs.Select(JobAnswer.Of)];
        if ((tag ?? jobs.FirstOrDefault()?.Tag) is not { Length: > 0 } name || jobs.Any(j => j.Tag is not null && j.Tag != name))
        {
            return jobs;
        }

        try
        {
            CiTagBinding binding = Binding(name);
            ReadOnlyMemory<byte> json = DocumentWriter.ToJson(new ReadDocument(binding, binding.ReadResponse(answer.Body)));
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            JsonElement[] values = document.RootElement.TryGetProperty("JobsDetail", out JsonElement list) ? [.. list.EnumerateArray()] : [];
            return values.Length == jobs.Length ? [.. jobs.Zip(values, (job, value) => job with { Json = value.GetRawText() })] : jobs;
        }
        catch (CiFormatException e)
        {
            return [.. jobs.Select(j => j with { ReadError = DocumentError.Of(e) })];
        }
        catch (CliException) when (tag is null)
        {
            // Nobody asked for the Tag that the job happens to have.
            return jobs;
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Ids(ServiceFailure failure)
    {
        string?[] parts =
        [
            failure.JobId is null ? null : $"job {failure.JobId}",
            failure.Status is { } status ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HTTP {status}") : null,
            failure.Code,
            failure.RequestId is null ? null : $"request {failure.RequestId}",
        ];
        string ids = string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p)));
        return ids.Length > 0 ? $" ({ids})" : "";
    }

    private static void Print(Invocation run, ServiceAnswer answer)
    {
        foreach (JobAnswer job in answer.Jobs.Where(j => j.ReadError is not null))
        {
            run.Error.WriteLine($"error: Job '{job.JobId}' cannot be read: {job.ReadError!.ToLine("answer")}");
        }

        if (run.IsJson)
        {
            run.WriteJson(answer.Write);
            return;
        }

        if (answer.IsList)
        {
            TextTable.Write(run.Host, ["JobId", "State", "Tag", "Created"], [.. answer.Jobs.Select(j => (IReadOnlyList<string>)[j.JobId, j.State ?? "", j.Tag ?? "", j.Envelope?.CreationTime?.ToString("yyyy-MM-dd HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture) ?? ""])]);
            if (!string.IsNullOrEmpty(answer.NextToken))
            {
                run.Error.WriteLine($"More: --next-token {answer.NextToken}");
            }

            return;
        }

        foreach (JobAnswer job in answer.Jobs)
        {
            run.Out.Write($"{job.JobId}\t{job.State}\n");
            if (answer.HasValues && job.Json is not null)
            {
                using JsonDocument value = JsonDocument.Parse(job.Json, new JsonDocumentOptions { MaxDepth = 1000 });
                JsonOutput.WriteLine(run.Out, value.RootElement.WriteTo, indented: true);
            }
        }
    }
}

/// <summary>A failure that a command finds by itself.</summary>
internal sealed class ServiceFailureException(ServiceFailure failure) : Exception(failure.Message)
{
    public ServiceFailure Failure { get; } = failure;
}
