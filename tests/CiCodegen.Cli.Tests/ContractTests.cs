using System.CommandLine;

namespace CiCodegen.Cli.Tests;

/// <summary>Exit codes and JSON of every command: what others build on.</summary>
public sealed class ContractTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    private const string Failure = "{ok:false,error:{code:text,path:null,line:null,column:null,message:text}}";
    private const string FailureOfAFile = "{ok:false,error:{code:text,path:text,line:number,column:number,message:text}}";
    private const string Unreadable = "{ok:false,error:{code:text,path:text,line:number,column:number,message:text}}";
    private const string ServiceFailure = "{ok:false,jobId:null,error:{kind:text,ambiguous:bool,status:null,code:null,requestId:null,traceId:null,message:text}}";
    private const string Refused = "{ok:false,jobId:text,error:{kind:text,ambiguous:bool,status:number,code:text,requestId:text,traceId:text,message:text}}";
    private const string Job = "{Operation:{EchoResult:{Ratio:number,Done:bool}},Code:text,Message:text,JobId:text,Tag:text,State:text,Progress:text,CreationTime:text,StartTime:text,EndTime:text,QueueId:text,Input:{Region:text,BucketId:text,Object:text}}";
    private const string SamplesShape = "{pages:number,samples:number,malformed:number,noJob:number,severalTags:number,unknownTag:number,job:number,template:number,operation:number,elements:number,blank:number,lost:number,";
    private const string ReadError = "readError:{code:text,path:text,line:number,column:number,message:text}";

    private static readonly Case[] s_cases =
    [
        new(0, "{tags:[{tag:text,kind:text,family:text,method:text,path:text,verbs:[text],pageId:text,requestNodes:number,responseNodes:number}]}", "", "tags", "--schema", "{own}"),
        new(2, Failure, "", "tags", "--schema", "{dir}/nowhere"),
        new(2, Failure, "", "tags", "--nope"),

        new(0, "{tag:text,kind:text,family:text,method:text,path:text,verbs:[text],response:{name:text,path:text,wireType:text,type:text,many:bool,required:null,member:text,shape:text,summary:text,children:[{name:text,path:text,wireType:text,type:text,many:bool,required:null,member:text,shape:text,summary:text,children:[{name:text,path:text,wireType:text,type:text,many:bool,required:null,member:text,shape:text,summary:text,children:[{name:text,path:text,wireType:text,type:text,many:bool,required:null,member:text,shape:text,children:[{name:text,path:text,wireType:text,type:text,many:bool,required:null,member:text}]}]}]}]}}", "", "tree", "Echo", "--part", "response", "--schema", "{own}"),
        new(2, Failure, "", "tree", "Nope"),
        new(2, Failure, "", "tree", "Echo", "--part", "template", "--schema", "{own}"),

        new(0, "{problems:[]}", "", "check", "{own}"),
        new(1, "{problems:[{id:text,severity:text,path:text,line:number,column:number,message:text}]}", "", "check", "{broken}"),
        new(2, Failure, "", "check", "{dir}/nowhere"),

        new(0, "{pages:[{page:text,id:text,date:text,dialect:text,kind:text,tag:text,file:text,tables:number,rows:number,nodes:number,findings:[]}],errors:[]}", "", "import", "{dir}/pages/new/submit-probe.md", "-o", "{dir}/imported", "--lock", "{dir}/imported/schema.lock.yaml"),
        new(1, "{pages:[],errors:[{file:text,line:number,message:text}]}", "", "import", "{dir}/pages/broken.md"),
        new(2, Failure, "", "import", "{dir}/nowhere"),
        new(2, Failure, "", "import", "{dir}/pages/new", "{dir}/pages/old"),

        new(0, "{events:[]}", "", "drift", "{dir}/pages/new/submit-probe.md", "{dir}/pages/new/submit-probe.md"),
        new(1, "{events:[{kind:text,path:text,writtenPath:text,severity:text,old:text,new:text,member:text,page:text}]}", "", "drift", "{dir}/pages/old/submit-probe.md", "{dir}/pages/new/submit-probe.md"),
        new(2, Failure, "", "drift", "{dir}/nowhere"),

        new(0, "{written:[],unchanged:[text],missing:[],problems:[]}", "", "update", "{dir}/pages/new", "--schema", "{locked}"),
        new(1, "{written:[text],unchanged:[],missing:[],problems:[{id:text,severity:text,path:text,line:number,column:number,message:text}]}", "", "update", "{dir}/pages/old", "--schema", "{corrected}"),
        new(2, Failure, "", "update", "{dir}/pages/new", "--schema", "{own}"),

        new(0, SamplesShape + "errors:[],losses:[],wire:[]}", "", "samples", "{dir}/pages/new/submit-probe.md"),
        new(1, SamplesShape + "errors:[{page:text,line:number,tag:text,as:text,message:text}],losses:[{tag:text,as:text,path:text,count:number,reason:text}],wire:[]}", "", "samples", "{dir}/pages/doubled.md", "--schema", "{own}"),
        new(2, Failure, "", "samples", "{dir}/nowhere"),

        new(0, "{files:[text],unchanged:[]}", "", "init", "{dir}/init"),
        new(2, Failure, "", "init", "{own}/Echo.ci.yaml"),
        new(0, "{tag:text,files:[text],unchanged:[]}", "", "new", "Fresh", "-o", "{dir}/new"),
        new(2, Failure, "", "new", "Echo", "-o", "{own}"),
        new(0, "{tag:text,files:[text],unchanged:[]}", "", "eject", "VideoTargetRec", "-o", "{dir}/eject"),
        new(2, Failure, "", "eject", "Nope"),

        new(0, "{tags:[text],files:[text]}", "", "emit", "--tag", "Echo", "--schema", "{own}", "-o", "{dir}/emit"),
        new(2, Failure, "", "emit", "--tag", "Nope", "-o", "{dir}/emit"),
        new(2, FailureOfAFile, "", "emit", "--schema", "{broken}", "-o", "{dir}/emit"),

        new(0, "{Tag:text,Operation:{Echo:{Words:[number]}},Input:{Object:text}}", EchoXml, "read", "--tag", "Echo", "--as", "request", "--schema", "{own}", "-"),
        new(0, "{JobsDetail:[{JobId:text,Tag:text}]}", """{"JobsDetail":{"Tag":"Echo","JobId":"j"}}""", "read", "--as", "callback", "--schema", "{own}", "-"),
        new(0, "{ok:true}", "<a/>", "read", "--as", "any", "-"),
        new(1, Unreadable, "<Request><Tag/><Tag/></Request>", "read", "--tag", "Echo", "--as", "request", "--schema", "{own}", "-"),
        new(2, Failure, "", "read", "--tag", "Nope", "-"),
        new(2, Failure, "", "read", "--tag", "VideoTargetRec", "{dir}/nowhere"),

        new(0, "{ok:true,xml:text}", EchoJson, "write", "--tag", "Echo", "--schema", "{own}", "-"),
        new(1, Unreadable, "[]", "write", "--tag", "Echo", "--schema", "{own}", "-"),
        new(2, Failure, EchoJson, "write", "--tag", "Echo", "-"),

        new(0, "{ok:true,violations:[]}", EchoJson, "validate", "--tag", "Echo", "--schema", "{own}", "-"),
        new(1, "{ok:true,violations:[{path:text,rule:text,message:text}]}", "<Request/>", "validate", "--tag", "Echo", "--schema", "{own}", "-"),
        new(1, Unreadable, "<Request>x</Request>", "validate", "--tag", "Echo", "--schema", "{own}", "-"),
        new(2, FailureOfAFile, "", "validate", "--tag", "Echo", "--schema", "{broken}", "-"),

        new(0, "{sign_key:text,http_string:text,string_to_sign:text,signature:text,q_header_list:text,q_url_param_list:text,authorization:text}", "", "sign", "--path", "/jobs"),
        new(2, Failure, "", "sign", "--key-time", "now"),

        new(0, "{ok:true,jobId:text,state:text,ids:[text],requestId:text}", EchoJson, "submit", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "-"),
        new(1, "{ok:false,jobId:null,error:{kind:text,ambiguous:bool,status:null,code:null,requestId:null,traceId:null,message:text,violations:[{path:text,rule:text,message:text}]}}", "<Request/>", "submit", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "-"),
        new(1, "{ok:false,jobId:null,error:{kind:text,ambiguous:bool,status:null,code:text,requestId:null,traceId:null,message:text}}", "<Request>", "submit", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "-"),
        new(2, ServiceFailure, EchoJson, "submit", "--tag", "Nope", "--endpoint", "{endpoint}", "-"),
        new(2, ServiceFailure, EchoJson, "submit", "--tag", "Echo", "--schema", "{own}", "--endpoint", "http://127.0.0.1:1", "-"),
        new(2, ServiceFailure, "", "submit"),

        new(0, $"{{ok:true,jobId:text,state:text,ids:[text],requestId:text,job:{Job}}}", "", "describe", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "{job}"),
        new(0, $"{{ok:true,jobId:text,state:text,ids:[text],requestId:text,job:{Job},jobs:[{Job}]}}", "", "describe", "--schema", "{own}", "--endpoint", "{endpoint}", "{job}", "{other}"),
        new(1, "{ok:false,jobId:text,error:{kind:text,ambiguous:bool,status:null,code:null,requestId:text,traceId:null,message:text}}", "", "describe", "--endpoint", "{endpoint}", "jnone"),
        new(1, $"{{ok:true,jobId:text,state:text,ids:[text],requestId:text,job:{{Code:text,JobId:text,Tag:text,State:text,QueueId:text}},{ReadError}}}", "", "describe", "--tag", "Echo", "--schema", "{strict}", "--endpoint", "{endpoint}", "{job}"),
        new(2, ServiceFailure, "", "describe", "--endpoint", "http://127.0.0.1:1", "--deadline", "0.2", "{job}"),

        new(0, $"{{ok:true,jobId:null,state:null,ids:[text],requestId:text,nextToken:null,jobs:[{Job}]}}", "", "list", "--tag", "Echo", "--state", "Success", "--oldest-first", "--schema", "{own}", "--endpoint", "{endpoint}"),
        new(1, $"{{ok:true,jobId:null,state:null,ids:[text],requestId:text,nextToken:null,jobs:[{{Code:text,JobId:text,Tag:text,State:text,QueueId:text}}],{ReadError}}}", "", "list", "--tag", "Echo", "--state", "Success", "--oldest-first", "--schema", "{strict}", "--endpoint", "{endpoint}"),
        new(2, ServiceFailure, "", "list", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "--size", "1000"),

        new(0, "{ok:true,jobId:text,state:text,ids:[text],requestId:null}", "", "cancel", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{slow}", "{waiting}"),
        new(2, Refused, "", "cancel", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "{job}"),

        new(0, $"{{ok:true,jobId:text,state:text,ids:[text],requestId:text,job:{Job}}}", "", "wait", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "{job}"),
        new(1, $"{{ok:true,jobId:text,state:text,ids:[text],requestId:text,job:{{Code:text,JobId:text,Tag:text,State:text,QueueId:text}},{ReadError}}}", "", "wait", "--tag", "Echo", "--schema", "{strict}", "--endpoint", "{endpoint}", "{job}"),
        new(2, "{ok:false,jobId:text,state:text,error:{kind:text,ambiguous:bool,status:null,code:null,requestId:null,traceId:null,message:text}}", "", "wait", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{slow}", "--deadline", "0.2", "{running}"),

        new(0, "{key:text,status:text,jobId:text,error:null}\n{ok:true,submitted:number,already:number,refused:number,unsent:number,unknown:number}", "", "batch", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "{dir}/good.jsonl"),
        new(1, ServiceFailure, "", "batch", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "{dir}/bad.jsonl"),
        new(2, ServiceFailure, "", "batch", "--tag", "Echo", "--schema", "{own}", "--endpoint", "{endpoint}", "{dir}/nowhere.jsonl"),

        new(2, Failure, "", "emulator", "--port", "{port}"),
        new(2, Failure, "", "emulator", "--speed", "-1"),

        new(0, "{script:text}", "", "completion", "bash"),
        new(2, Failure, "", "completion", "dos"),
    ];

    public const string EchoXml = "<Request><Tag>Echo</Tag><Input><Object>x</Object></Input><Operation><Echo><Words>1</Words></Echo></Operation></Request>";

    public const string EchoJson = """{"Tag":"Echo","Operation":{"UserData":"u","Echo":{"Words":[1]}},"Input":{"Object":"x"}}""";

    public static TheoryData<int, string> Cases
    {
        get
        {
            TheoryData<int, string> data = [];
            for (int i = 0; i < s_cases.Length; i++)
            {
                data.Add(i, $"{s_cases[i].Exit}: {string.Join(' ', s_cases[i].Args)}");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Command_ExitsAndPrintsAsAgreed(int index, string name)
    {
        Case each = s_cases[index];
        CliRun run = (await CliRun.With(each.Input, [.. each.Args.Select(fixture.Fill), "--json"])).Exits(each.Exit);
        string shape = string.Join('\n', run.JsonLines.Select(JsonShape.Of));
        Assert.True(each.Shape == shape, $"{name}\n{each.Shape}\n{shape}\n{run.Out}");

        // What goes wrong is also said where people look; violations are no failure, they are what was asked for.
        Assert.Equal(each.Exit == 0 || each.Shape.StartsWith("{ok:true,violations", StringComparison.Ordinal), run.Error.Length == 0);
    }

    [Fact]
    public void EveryCommand_HasItsCases()
    {
        string[] findings = ["check", "import", "drift", "update", "samples", "read", "write", "validate", "submit", "describe", "list", "wait", "batch"];
        foreach (Command command in CliApplication.CreateRoot(new CliContext(CliRun.Host(TextWriter.Null, TextWriter.Null, Stream.Null, []))).Subcommands)
        {
            int[] exits = [.. s_cases.Where(c => c.Args[0] == command.Name).Select(c => c.Exit).Distinct().Order()];
            int[] expected = command.Name == "emulator" ? [2] : findings.Contains(command.Name) ? [0, 1, 2] : [0, 2];
            Assert.True(expected.SequenceEqual(exits), $"{command.Name}: {string.Join(", ", exits)}");
        }
    }

    [Fact]
    public void Emulator_SaysWhereItListens()
        => Assert.Equal("{endpoint:text,port:number}", JsonShape.Of(System.Text.Json.JsonDocument.Parse(fixture.Emulator.Line).RootElement));

    private sealed record Case(int Exit, string Shape, string Input, params string[] Args);
}

/// <summary>What the cases stand on: schemas, an emulator that is fast and one that is slow, and a few jobs.</summary>
public sealed class ContractFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Dictionary<string, string> _values = [];
    private RunningEmulator? _slow;

    internal RunningEmulator Emulator { get; private set; } = null!;

    public string Fill(string text) => _values.Aggregate(text, (all, value) => all.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));

    // A page in two versions, and schemas imported from the new one: as they are, and with a correction that fits the new one only.
    private async Task ImportPages()
    {
        string now = _directory.Write("pages/new/submit-probe.md", Samples.ProbePage);
        _directory.Write("pages/old/submit-probe.md", Samples.ProbePage.Replace("| Level | Request.Operation | How far | Int |", "| Level | Request.Operation | How far | String |", StringComparison.Ordinal));
        File.WriteAllBytes(_directory.Write("pages/broken.md", ""), [0xC3, 0x28]);
        _directory.Write("pages/doubled.md", $"```\n{ContractTests.EchoXml.Replace("</Tag>", "</Tag><Tag>Echo</Tag>", StringComparison.Ordinal)}\n```\n");
        foreach (string name in (string[])["locked", "corrected"])
        {
            string folder = Path.Combine(_directory.Path, name);
            (await CliRun.Of("import", now, "-o", Path.Combine(folder, "tags"), "--lock", Path.Combine(folder, "schema.lock.yaml"))).Exits(0);
            _values[name] = folder;
        }

        _directory.Write("corrected/corrections/Probe.ci.yaml", Samples.ProbeCorrection);
    }

    public async ValueTask InitializeAsync()
    {
        _values["dir"] = _directory.Path;
        _values["own"] = Path.GetDirectoryName(_directory.Write("own/Echo.ci.yaml", Samples.EchoSchema))!;
        _values["broken"] = Path.GetDirectoryName(_directory.Write("broken/Broken.ci.yaml", "kind: tag\ntag: Broken\nfamly: media\n"))!;

        // As 'own', but its jobs cannot be read.
        _values["strict"] = Path.GetDirectoryName(_directory.Write("strict/Echo.ci.yaml", Samples.EchoSchema.Replace("Ratio: { type: decimal }", "Ratio: { type: time }", StringComparison.Ordinal)))!;
        await ImportPages();
        _directory.Write("good.jsonl", ContractTests.EchoJson + "\n");
        _directory.Write("bad.jsonl", "{}\n");
        Emulator = await RunningEmulator.StartAsync("--schema", _values["own"], "--speed", "100");
        _slow = await RunningEmulator.StartAsync("--schema", _values["own"], "--speed", "0.001");
        _values["endpoint"] = Emulator.Endpoint;
        _values["port"] = new Uri(Emulator.Endpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _values["slow"] = _slow.Endpoint;
        _values["job"] = await SubmitAsync("endpoint");
        _values["other"] = await SubmitAsync("endpoint");
        _values["waiting"] = await SubmitAsync("slow");
        _values["running"] = await SubmitAsync("slow");
        foreach (string job in new[] { "job", "other" })
        {
            (await CliRun.Of("wait", "--endpoint", _values["endpoint"], "--deadline", "60", _values[job])).Exits(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        await _slow!.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<string> SubmitAsync(string endpoint)
        => (await CliRun.With(ContractTests.EchoJson, "submit", "--tag", "Echo", "--schema", _values["own"], "--endpoint", _values[endpoint], "--json", "-")).Exits(0).Json.GetProperty("jobId").GetString()!;
}
