using System.Text.Json;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Cli.Tests;

public sealed class BatchCommandTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultServer _server = new();

    private Task<CliRun> Run(string manifest, params string[] more) => CliRun.Of(["batch", manifest, "--tag", "VideoTargetRec", "--endpoint", _server.Endpoint, "--rate", "1000", "--json", .. more]);

    private static Dictionary<string, string> Told(CliRun run) => run.JsonLines.Where(line => line.TryGetProperty("key", out _)).ToDictionary(line => line.GetProperty("key").GetString()!, line => $"{line.GetProperty("status")} {line.GetProperty("jobId")}".Trim());

    private static string Sum(CliRun run) => run.JsonLines[^1].GetRawText();

    [Fact]
    public async Task Csv_NamesNodes()
    {
        string manifest = _directory.Write("a.csv", "\uFEFFkey,Input.Object,Operation.UserData,Operation.VideoTargetRec.Body\r\nfirst,\"a,b.mp4\",one,true\r\n\r\nsecond,\"c\n\"\"d\"\".mp4\",,true\r\n");
        string common = _directory.Write("base.json", """{"Tag":"VideoTargetRec","Operation":{"JobLevel":"1","VideoTargetRec":{"Car":"true"}},"Input":{"Object":"never"}}""");
        CliRun run = (await Run(manifest, "--base", common)).Exits(0);
        Assert.Equal("""{"ok":true,"submitted":2,"already":0,"refused":0,"unsent":0,"unknown":0}""", Sum(run));
        Assert.Equal(_server.Service.Ledger.Select(job => $"submitted {job.JobId}").Order(StringComparer.Ordinal), Told(run).Values.Order(StringComparer.Ordinal));
        Assert.Equal(["first", "second"], Told(run).Keys.Order(StringComparer.Ordinal));
        string[] bodies = [.. _server.Requests.Select(request => request.Body).Order(StringComparer.Ordinal)];
        Assert.Contains(bodies, body => body.Contains("<Object>a,b.mp4</Object>", StringComparison.Ordinal) && body.Contains("<UserData>one~ci.", StringComparison.Ordinal));
        Assert.Contains(bodies, body => body.Contains("<Object>c\n\"d\".mp4</Object>", StringComparison.Ordinal) && body.Contains("<UserData>~ci.", StringComparison.Ordinal));
        Assert.All(bodies, body => Assert.Contains("<JobLevel>1</JobLevel>", body, StringComparison.Ordinal));
        Assert.All(bodies, body => Assert.Contains("<Car>true</Car>", body, StringComparison.Ordinal));
        Assert.All(bodies, body => Assert.Contains("<Body>true</Body>", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondRun_SendsOnlyWhatIsMissing()
    {
        string one = Samples.RequestJson;
        string manifest = _directory.Write("a.jsonl", $"{one}\n\n{{\"key\":\"mine\",\"tag\":\"VideoTargetRec\",\"request\":{one}}}\n{one}");
        int asked = 0;
        _server.Choose = request => request.Verb == "submit" && asked++ == 1 ? Fault.All.Single(fault => fault.Name == "400 error document") : null;
        CliRun first = (await Run(manifest, "--concurrency", "1")).Exits(1);
        Assert.Equal("""{"ok":false,"submitted":2,"already":0,"refused":1,"unsent":0,"unknown":0}""", Sum(first));
        Assert.Equal("refused", Told(first)["mine"]);
        CliRun second = (await Run(manifest)).Exits(0);
        Assert.Equal("""{"ok":true,"submitted":1,"already":2,"refused":0,"unsent":0,"unknown":0}""", Sum(second));
        Assert.Equal(Told(first)["1"].Replace("submitted", "already", StringComparison.Ordinal), Told(second)["1"]);
        Assert.Equal(3, _server.Service.Ledger.Count);
        Assert.Equal(4, _server.Requests.Count);

        CliRun plain = (await CliRun.Of("batch", manifest, "--tag", "VideoTargetRec", "--endpoint", _server.Endpoint)).Exits(0);
        Assert.Contains($"mine\talready\t{Told(second)["mine"].Split(' ')[1]}\n", plain.Out, StringComparison.Ordinal);
        Assert.Contains("0 submitted, 3 already there", plain.Error, StringComparison.Ordinal);

        // Another request under a key that is taken.
        _directory.Write("a.jsonl", Samples.RequestJson.Replace("a.mp4", "b.mp4", StringComparison.Ordinal));
        CliRun other = (await Run(manifest)).Exits(2);
        Assert.Equal("journal", other.JsonLines[^1].GetProperty("error").GetProperty("kind").GetString());
        Assert.Equal(3, _server.Service.Ledger.Count);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"Tag\":\"VideoTargetRec\"\n", "a.jsonl(1):")]
    [InlineData("a.jsonl", "[]\n", "must be a JSON object")]
    [InlineData("a.jsonl", "{}\n{\"Input\":{},\"Input\":{}}\n", "a.jsonl(2):")]
    [InlineData("a.jsonl", "{\"Input\":{\"Object\":\"a\"},\"Operation\":{\"JobLevel\":\"9\"}}\n", "a.jsonl(1): Request.Operation.JobLevel")]
    [InlineData("a.jsonl", "{\"tag\":\"VideoTargetRek\",\"request\":{}}\n", "VideoTargetRec")]
    [InlineData("a.csv", "Input.Object\na,b\n", "a.csv(2): the row has 2 cells, the head 1")]
    [InlineData("a.csv", "Input..Object\na\n", "names no node")]
    [InlineData("a.csv", "Input,Input.Object\na,b\n", "asks for a node below one")]
    [InlineData("a.csv", "Input,Input\na,b\n", "is there twice")]
    [InlineData("a.csv", "key,Input.Object,Operation.TemplateId\nx,a,t\nx,b,t\n", "the key 'x' is there twice")]
    public async Task Mistakes_AreFoundBeforeAnythingIsSent(string name, string text, string expected)
    {
        CliRun run = (await Run(_directory.Write(name, text))).Exits(1);
        Assert.Equal("manifest", run.JsonLines[^1].GetProperty("error").GetProperty("kind").GetString());
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
        Assert.False(File.Exists(Path.Combine(_directory.Path, $"{name}.journal")));
    }

    [Fact]
    public async Task Deadline_EndsTheRun_AndTheNextGoesOn()
    {
        string manifest = _directory.Write("a.jsonl", string.Concat(Enumerable.Repeat($"{Samples.RequestJson}\n", 40)));
        CliRun slow = (await CliRun.Of("batch", manifest, "--tag", "VideoTargetRec", "--endpoint", _server.Endpoint, "--rate", "10", "--deadline", "1.5", "--json")).Exits(2);
        Assert.Equal("timeout", slow.JsonLines[^1].GetProperty("error").GetProperty("kind").GetString());
        Assert.InRange(_server.Service.Ledger.Count, 1, 39);
        CliRun rest = (await Run(manifest)).Exits(0);
        Assert.Equal(40, _server.Service.Ledger.Count);
        Assert.True(rest.JsonLines[^1].GetProperty("already").GetInt32() > 0);
    }

    [Fact]
    public async Task LostAnswers_AreFound_OrTold()
    {
        string manifest = _directory.Write("a.jsonl", string.Concat(Enumerable.Repeat($"{Samples.RequestJson}\n", 20)));
        int asked = 0;
        _server.Choose = request => request.Verb == "submit" && asked++ % 4 == 1 ? Fault.All.Single(fault => fault.Name == "carried out, reset") : null;
        CliRun run = (await Run(manifest)).Exits(0);
        Assert.Equal(20, _server.Service.Ledger.Count);
        Assert.Equal(20, Told(run).Values.Distinct().Count());
    }

    [Fact]
    public async Task NoCredentials_NothingIsSent()
    {
        string manifest = _directory.Write("a.jsonl", Samples.RequestJson);
        CliRun run = await CliRun.With("", new Dictionary<string, string>(), "batch", manifest, "--tag", "VideoTargetRec", "--endpoint", _server.Endpoint, "--json");
        JsonElement error = run.Exits(2).JsonLines[^1].GetProperty("error");
        Assert.Equal("credentials", error.GetProperty("kind").GetString());
        Assert.Empty(_server.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
