using CallbackWorker;
using CallbackWorker.CiJobs;
using CiCodegen.Emulator;
using CiCodegen.Runtime;

// Takes videos, submits a job for each, and stores what the callbacks say. Without "Ci:Bucket" in the configuration an emulator stands in for the service.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
await using CiEmulator? emulator = builder.Configuration["Ci:Bucket"] is null ? await CiEmulator.StartAsync() : null;
builder.Services.AddCiClient(builder.Configuration.GetSection("Ci"));
if (emulator is not null)
{
    builder.Services.AddCiClient(options =>
    {
        options.Endpoint = emulator.Endpoint;
        options.Bucket = "demo-1250000000";
        options.Region = "ap-chongqing";
    });
    builder.Services.AddSingleton<ICiCredentialProvider>(new StaticCredentialProvider(emulator.Credentials));
}

builder.Services.AddSingleton<ResultStore>();
builder.Services.AddCiCallbacks(options =>
{
    options.Tags = CiTagCatalog.All;
    options.Secrets.Add(builder.Configuration["Ci:CallbackSecret"] ?? "a-secret-of-your-own");
    options.On<VideoTargetRecJob, ResultStore>();
});

WebApplication app = builder.Build();
app.MapCiCallbacks("/ci/callbacks");
app.MapPost("/videos/{**key}", async (string key, CiClient client, CancellationToken cancellationToken) =>
{
    VideoTargetRecRequest request = new() { Input = new() { Object = key }, Operation = new() { VideoTargetRec = new() { Body = true } } };
    return (await client.SubmitAsync(request, cancellationToken)).JobId;
});
app.MapGet("/results/{jobId}", (string jobId, ResultStore store) => store.Find(jobId) is { } result ? Results.Text(result) : Results.NotFound());
await app.RunAsync();
