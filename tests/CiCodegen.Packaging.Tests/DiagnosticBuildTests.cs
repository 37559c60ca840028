using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>What <c>dotnet build</c> prints of each diagnostic: once, with its place.</summary>
public sealed class DiagnosticBuildTests(PackedFeed feed)
{
    // A file per diagnostic; the name begins with the id that is due in it.
    private static readonly (string File, string Text)[] s_files =
    [
        ("CICG1001.ci.yaml", "kind: tag\ntag: [\n"),
        ("CICG1002.ci.yaml", "kind: tag\nkind: tag\ntag: T1002\n"),
        ("CICG1003.ci.yaml", "kind: tag\ntag: &a T1003\n"),
        ("CICG1004.ci.yaml", "kind: tag\ntag: T1004\nrequest: " + new string('[', 80) + new string(']', 80) + "\n"),
        ("CICG1005.ci.yaml", "kind: tag\ntag: T1005\nreqest: {}\n"),
        ("CICG1006.ci.yaml", "kind: tag\ntag: [T1006]\n"),
        ("CICG1007.ci.yaml", "kind: tag\n"),
        ("CICG1008.ci.yaml", "kind: tagg\ntag: T1008\n"),
        ("CICG2001.ci.yaml", Tag("T2001", "A: {}")),
        ("CICG2001.twin.ci.yaml", Tag("T2001", "A: {}")),
        ("CICG2002.ci.yaml", Tag("T2002", "'a b': {}")),
        ("CICG2003.ci.yaml", "kind: tag\ntag: 1A\n"),
        ("CICG2004.ci.yaml", Tag("T2004", "A: { shape: S, nodes: { X: {} } }\n        B: { shape: S, nodes: { Y: {} } }")),
        ("CICG2005.ci.yaml", Tag("T2005", "A: { sameAs: Request.Operation.B }")),
        ("CICG2006.ci.yaml", Tag("T2006", "A: { sameAs: Request.Operation }")),
        ("CICG2007.ci.yaml", Tag("T2007", "A: { required: true, validWhen: B }\n        B: {}")),
        ("CICG2008.ci.yaml", Tag("T2008", "A: { type: int, range: 5 }")),
        ("CICG2009.ci.yaml", Tag("T2009", "A: { validWhen: 'B == ' }\n        B: {}")),
        ("CICG2010.ci.yaml", "kind: correction\ntag: VideoTargetRec\ncorrections:\n  - remove: Request.Operation.Nope\n    reason: r\n    source: s\n"),
        ("CICG2011.ci.yaml", "kind: correction\ntag: T2011\ncorrections: []\n"),
        ("CICG2012.ci.yaml", Tag("T2012", "a-b: {}\n        a_b: {}")),
        ("CICG2013.ci.yaml", Tag("T2013", "A: { maxLength: many }")),
        ("CICG2014.ci.yaml", "kind: page\npage: { id: p2014 }\n"),
        ("CICG2014.twin.ci.yaml", "kind: page\npage: { id: p2014 }\n"),
        ("CICG2015.ci.yaml", Tag("T2015", "A: { pattern: '[a-z' }")),
        ("CICG2016.ci.yaml", Tag("T2016", "A: { member: small }")),
        ("CICG3002.ci.yaml", Tag("Transcode", "A: {}")),
    ];

    // Code that uses Tags with an error gets none of its own.
    private const string Use = "return new App.CiJobs.T1005Request() is null || new App.CiJobs.T2013Request { Operation = new() { A = \"a\" } } is null ? 1 : 0;";

    [Fact]
    public void EveryDiagnostic_IsPrintedOnceWithItsPlace_AndNothingElseIs()
    {
        string folder = feed.Consumer(
            "diagnostics", "<CiTag Include=\"VideoTargetRec;Transcode;Nowhere\" />",
            [("Program.cs", Use), (".globalconfig", "is_global = true\ndotnet_diagnostic.CICG3002.severity = warning\n"), .. s_files]);
        (int code, string output) = feed.Dotnet(folder, "msbuild", "-nologo", "-restore", "-p:TreatWarningsAsErrors=false");
        Assert.NotEqual(0, code);
        (string File, int Line, int Column, string Severity, string Id)[] found = [.. Regex.Matches(output, @"^\s*(?<file>[^(\n]*)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning) (?<id>\w+): ", RegexOptions.Multiline)
            .Select(m => (Path.GetFileName(m.Groups["file"].Value), int.Parse(m.Groups["line"].ValueSpan, provider: null), int.Parse(m.Groups["column"].ValueSpan, provider: null), m.Groups["severity"].Value, m.Groups["id"].Value))];

        Assert.True(found.Length == found.Distinct().Count(), output);
        Assert.All(found, f => Assert.True(f.File.StartsWith(f.Id + ".", StringComparison.Ordinal) && f.Line > 0 && f.Column > 0, f + "\n" + output));
        Assert.Equal(s_files.Select(f => f.File.Split('.')[0]).Distinct(), found.Select(f => f.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["CICG2011", "CICG3002"], found.Where(f => f.Severity == "warning").Select(f => f.Id).Order(StringComparer.Ordinal));

        // What is wrong with the project has no file.
        Assert.Single(Regex.Matches(output, @"CSC : error CICG3001: No schema has the Tag 'Nowhere'"));
        Assert.Equal(found.Length + 1, Regex.Count(output, @": (error|warning) \w+:"));
    }

    [Fact]
    public void EveryDiagnostic_IsTriedHereOrNamedWithAReason()
    {
        string[] elsewhere =
        [
            "CICG0001", // A failure of ours: CiCodegen.Generator.Tests provokes one.
            "CICG3001", // Of the project, above.
            "CICG3003", // Of the project, below.
            "CICG3005", // Of the project, below.
        ];
        string releases = File.ReadAllText(Path.Combine(Repository.Root, "generator", "CiCodegen.Generator", "AnalyzerReleases.Unshipped.md")) + File.ReadAllText(Path.Combine(Repository.Root, "generator", "CiCodegen.Generator", "AnalyzerReleases.Shipped.md"));
        Assert.Equal(
            Regex.Matches(releases, @"^CICG\d{4}", RegexOptions.Multiline).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal),
            s_files.Select(f => f.File.Split('.')[0]).Concat(elsewhere).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ProjectThatCannotWork_GetsOneSentence()
    {
        string folder = feed.Consumer("project", "<CiTag Include=\"VideoTargetRec\" />", ("Program.cs", "return 0;"));
        (int code, string output) = feed.Dotnet(folder, "msbuild", "-nologo", "-restore", "-p:CiCodegenNamespace=1x");
        Assert.NotEqual(0, code);
        Assert.Equal("CSC : error CICG3003: The property CiCodegenNamespace has the value '1x', which is no C# namespace.", Errors(output));

        (code, output) = feed.Dotnet(folder, "msbuild", "-nologo", "-restore", "-p:CiCodegenParts=models%3Breader");
        Assert.NotEqual(0, code);
        Assert.Equal("CSC : error CICG3005: The property CiCodegenParts has the value 'reader'; known values are models, readers, writers, json, validators, client. Did you mean 'readers'?", Errors(output));

        (code, output) = feed.Dotnet(folder, "msbuild", "-nologo", "-restore", "-p:CompilerApiVersion=roslyn4.7");
        Assert.NotEqual(0, code);
        Assert.EndsWith("error CICG3004: CiCodegen needs the compiler of .NET SDK 8.0.100 or newer (Roslyn 4.8); this one is roslyn4.7.", Errors(output), StringComparison.Ordinal);
    }

    private static string Errors(string output) => string.Join('\n', output.Split('\n').Where(l => l.Contains(": error ", StringComparison.Ordinal)).Select(l => l.Split(" [")[0].Trim()));

    private static string Tag(string name, string nodes) => $"kind: tag\ntag: {name}\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        {nodes}\n";
}
