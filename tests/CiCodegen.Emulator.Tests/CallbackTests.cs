using System.Net;
using System.Text;
using CiCodegen.Emulator.Tests.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

public sealed class CallbackTests
{
    private static AnimationRequest Request(string? callback, string? format = null) => new()
    {
        Input = new() { Object = "in.mp4" },
        Operation = new() { TemplateId = "t1", Output = new() { Region = "ap-beijing", Bucket = "photos-1250000001", Object = "out.gif" } },
        CallBack = callback,
        CallBackFormat = format is null ? null : new(format),
    };

    [Theory]
    [InlineData(null, CiDocumentFormat.Xml)]
    [InlineData("XML", CiDocumentFormat.Xml)]
    [InlineData("JSON", CiDocumentFormat.Json)]
    public async Task A_job_that_ended_is_told_to_the_address_of_its_request(string? format, CiDocumentFormat expected)
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        using Receiver receiver = new();
        AnimationJob job = await ci.Client.SubmitAsync(Request(receiver.Url, format));

        ci.Clock.Advance(TimeSpan.FromMinutes(1));
        byte[] body = await receiver.TakeAsync();

        Assert.Equal(expected == CiDocumentFormat.Json, body[0] == (byte)'{');
        CiCallback callback = new CiCallbackParser(CiTagCatalog.All).Parse(body);
        AnimationJob told = Assert.IsType<AnimationJob>(Assert.Single(callback.Jobs));
        Assert.Equal(("TaskFinish", job.JobId, CiJobState.Success), (callback.EventName, told.JobId, told.State));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_asked_again()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        using Receiver receiver = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        await ci.Client.SubmitAsync(Request(receiver.Url));
        ci.Clock.Advance(TimeSpan.FromMinutes(1));

        byte[] first = await receiver.TakeAsync();
        Task<byte[]> second = receiver.TakeAsync();
        while (!second.IsCompleted)
        {
            ci.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        Assert.Equal(first, await second);
    }

    [Fact]
    public async Task A_queue_s_address_serves_jobs_without_one_of_their_own()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        using Receiver receiver = new();
        string queue = (await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Media } })).QueueList[0].QueueId!;
        UpdateQueueRequest request = new()
        {
            Name = "q",
            State = new("Active"),
            NotifyConfig = new() { State = new("On"), Event = new("TaskFinish"), Type = new("Url"), Url = receiver.Url, ResultFormat = new("JSON") },
        };
        await ci.Client.SendAsync(new UpdateQueue { Parameters = { Family = UpdateQueueFamily.Media, QueueId = queue }, Request = request });
        await ci.Client.SubmitAsync(Request("no"));
        AnimationJob job = await ci.Client.SubmitAsync(Request(null));

        ci.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains(job.JobId!, Encoding.UTF8.GetString(await receiver.TakeAsync()), StringComparison.Ordinal);
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task A_cancelled_job_is_not_told_of()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        using Receiver receiver = new();
        AnimationJob cancelled = await ci.Client.SubmitAsync(Request(receiver.Url));
        await ci.Client.CancelAsync<AnimationJob>(cancelled.JobId!);
        AnimationJob job = await ci.Client.SubmitAsync(Request(receiver.Url));

        ci.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains(job.JobId!, Encoding.UTF8.GetString(await receiver.TakeAsync()), StringComparison.Ordinal);
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task A_job_that_ended_while_there_was_no_emulator_is_told_of_once()
    {
        string directory = Directory.CreateTempSubdirectory("cicodegen-").FullName;
        string file = Path.Combine(directory, "jobs.jsonl");
        try
        {
            using Receiver receiver = new();
            Task<EmulatorFixture> StartAsync(TimeSpan later) => EmulatorFixture.StartAsync(clock =>
            {
                clock.Advance(later);
                return new() { TimeProvider = clock, DataFile = file };
            });
            string request = EmulatorFixture.Request().Replace("</Request>", $"<CallBack>{receiver.Url}</CallBack></Request>", StringComparison.Ordinal);
            string id;
            await using (EmulatorFixture first = await StartAsync(TimeSpan.Zero))
            {
                id = (await first.SubmitAsync(request)).JobId;
            }

            long made = new FileInfo(file).Length;
            await using (EmulatorFixture second = await StartAsync(TimeSpan.FromHours(1)))
            {
                Assert.Contains(id, Encoding.UTF8.GetString(await receiver.TakeAsync()), StringComparison.Ordinal);

                // The callback is noted when its answer is there.
                while (new FileInfo(file).Length == made)
                {
                    await Task.Delay(10);
                }
            }

            await using EmulatorFixture third = await StartAsync(TimeSpan.FromHours(2));
            string next = (await third.SubmitAsync(request)).JobId;
            third.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Contains(next, Encoding.UTF8.GetString(await receiver.TakeAsync()), StringComparison.Ordinal);
            Assert.Equal(0, receiver.Waiting);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Takes what is posted to it; answers as told, then with 200.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly System.Threading.Channels.Channel<byte[]> _bodies = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
        private readonly Queue<HttpStatusCode> _answers;

        public Receiver(params HttpStatusCode[] answers)
        {
            _answers = new(answers);
            int port = FreePort();
            Url = $"http://127.0.0.1:{port}/callback/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = RunAsync();
        }

        public string Url { get; }

        public int Waiting => _bodies.Reader.Count;

        public async Task<byte[]> TakeAsync() => await _bodies.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public void Dispose() => _listener.Close();

        private static int FreePort()
        {
            using System.Net.Sockets.TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        private async Task RunAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                context.Response.StatusCode = (int)(_answers.TryDequeue(out HttpStatusCode answer) ? answer : HttpStatusCode.OK);
                context.Response.Close();
                await _bodies.Writer.WriteAsync(body.ToArray());
            }
        }
    }
}
