using System.CommandLine;
using System.Globalization;
using CiCodegen.Emulator;
using CiCodegen.Runtime;
using Spectre.Console;
using SubmitVideoTargetRec;
using SubmitVideoTargetRec.CiJobs;

Option<Uri?> endpoint = new("--endpoint")
{
    CustomParser = argument =>
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out Uri? uri))
        {
            return uri;
        }

        argument.AddError($"'{argument.Tokens[0].Value}' is no address; write one as in http://127.0.0.1:8080.");
        return null;
    },
    Description = "Where to send requests, as in http://127.0.0.1:8080. Without it and without --bucket an emulator starts in this process.",
};
Option<string?> bucket = new("--bucket") { Description = "The bucket with its APPID, as in media-1250000000." };
Option<string?> region = new("--region") { Description = "The bucket's region, as in ap-chongqing." };
Option<string> input = new("--input") { Description = "The key of the video in the bucket.", DefaultValueFactory = _ => "input/demo.mp4" };
RootCommand root = new("Submits two video object detection jobs, waits for them and shows what was found.") { endpoint, bucket, region, input };
root.SetAction(async (arguments, cancellationToken) =>
{
    // No service named: everything stays on this machine.
    bool offline = arguments.GetValue(endpoint) is null && arguments.GetValue(bucket) is null;
    await using CiEmulator? emulator = offline ? await CiEmulator.StartAsync(cancellationToken: cancellationToken) : null;
    CiClientOptions options = new()
    {
        Endpoint = emulator?.Endpoint ?? arguments.GetValue(endpoint),
        Bucket = arguments.GetValue(bucket) ?? "demo-1250000000",
        Region = arguments.GetValue(region) ?? EnvironmentCredentialProvider.GetRegion() ?? "ap-chongqing",
        Wait = new CiWaitOptions { InitialDelay = TimeSpan.FromMilliseconds(offline ? 200 : 2000) },
    };
    ICiCredentialProvider credentials = emulator is null ? new EnvironmentCredentialProvider() : new StaticCredentialProvider(emulator.Credentials);
    using HttpClient http = new(CiClient.CreateHandler());
    CiClient client = new(http, options, credentials);
    string video = arguments.GetValue(input)!;

    VideoTargetRecRequest byTemplate = new()
    {
        Input = new() { Object = video },
        Operation = new() { TemplateId = "t1460606b9752148c4ab182f55163ba7cd", UserData = "This is my data.", JobLevel = JobLevel.Level0 },
    };
    VideoTargetRecRequest byParameters = new()
    {
        Input = new() { Object = video },
        Operation = new() { VideoTargetRec = new() { Body = true, Car = true, Pet = true }, UserData = "This is my data.", JobLevel = JobLevel.Level0 },
    };

    AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Endpoint: {options.Endpoint?.ToString() ?? "the service"}{(offline ? " (emulator; its results are synthetic)" : "")}");
    List<VideoTargetRecJob> jobs = [];
    foreach (VideoTargetRecRequest request in new[] { byTemplate, byParameters })
    {
        VideoTargetRecJob job = await client.SubmitAsync(request, cancellationToken);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Submitted [bold]{job.JobId}[/]: {job.State}");
        jobs.Add(job);
    }

    VideoTargetRecJob[] finished = await JobProgress.ShowAsync(jobs, (job, report) => client.WaitAsync<VideoTargetRecJob>(job.JobId!, null, report, cancellationToken));
    foreach (VideoTargetRecJob job in finished)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Finished [bold]{job.JobId}[/]: {job.State} {(job.State == CiJobState.Failed ? $"{job.Code}: {job.Message}" : "")}");
        AnsiConsole.Write(DetectionTable.Of(job));
    }

    return finished.All(j => j.State == CiJobState.Success) ? 0 : 1;
});

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is CiException or CiValidationException or ArgumentException or HttpRequestException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
