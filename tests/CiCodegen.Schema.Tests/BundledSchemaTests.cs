using System.Text.Json;
using CiCodegen.Tests;

namespace CiCodegen.Schema.Tests;

public sealed class BundledSchemaTests
{
    private static readonly SchemaSet s_bundled = SchemaSet.Load(
        Repository.SchemaFiles.Select(f => new SchemaText(Path.GetRelativePath(Repository.Root, f), File.ReadAllText(f), IsBundled: true)), CancellationToken.None);

    [Fact]
    public void BundledSchemas_HaveNoProblem() => Assert.Empty(s_bundled.Problems);

    [Fact]
    public void EveryNode_SaysWhatItMeans()
    {
        Assert.Equal(43, s_bundled.Tags.Count);
        Assert.Empty(s_bundled.Tags.SelectMany(t => Nodes(t.Request, "Request").Concat(Nodes(t.Response, "Response")).Where(n => n.Node.Summary is null).Select(n => $"{t.Tag}: {n.Path}")));
    }

    [Fact]
    public void EverySummary_IsSomeNodes()
    {
        SchemaText text = new("shared/Summaries.ci.yaml", Repository.SchemaFile("shared/Summaries.ci.yaml"));
        SharedDocument summaries = Assert.IsType<SharedDocument>(SchemaParser.Parse(text, CancellationToken.None).Document);
        HashSet<string> said = [.. s_bundled.Tags.SelectMany(t => Nodes(t.Request, "Request").Concat(Nodes(t.Response, "Response"))).Select(n => n.Node.Summary!)];
        Assert.True(summaries.Summaries.Count > 300);
        Assert.Empty(summaries.Summaries.Where(s => !said.Contains(s.Text.Value)).Select(s => s.End.Value));
    }

    private static IEnumerable<(NodeModel Node, string Path)> Nodes(NodeModel node, string path) => node.Children.SelectMany(c => Nodes(c, $"{path}.{c.Name}")).Prepend((node, path));

    [Fact]
    public void VideoTargetRec_HasTheRulesOfItsPage()
    {
        TagModel tag = s_bundled.Find("VideoTargetRec")!;
        NodeModel operation = tag.Node("Request.Operation");
        Assert.Contains(operation.Rules, r => r.Kind == "atLeastOne" && r.Nodes.SequenceEqual(["TemplateId", "VideoTargetRec"]));
        Assert.Contains(tag.Node("Request.Operation.VideoTargetRec").Rules, r => r.Kind == "notAllFalse" && r.Nodes.Count == 5);
        Assert.Equal((1024, "printable-ascii"), (operation.Child("UserData")!.MaxLength, operation.Child("UserData")!.Charset));
        Assert.Equal(["0", "1", "2"], operation.Child("JobLevel")!.Enum!.Values.Select(v => v.Text));
        Assert.Null(tag.Request.Child("QueueId"));
    }

    [Fact]
    public void VideoTargetRec_HasIntegerBoxesEverywhere_AndKeepsWhatThePageSaid()
    {
        NodeModel result = s_bundled.Find("VideoTargetRec")!.Node("Response.JobsDetail.Operation.VideoTargetRecResult");
        NodeModel[] boxes = result.Children.Select(r => r.Children.Last().Child("Location")!).ToArray();
        Assert.Equal(5, boxes.Length);
        Assert.All(boxes, b => Assert.Equal("VideoTargetRecLocation", b.Shape));
        Assert.All(boxes.SelectMany(b => b.Children), c => Assert.Equal(LogicalType.Int32, c.Type));
        Assert.Equal("String", result.Child("BodyRecognition")!.Child("BodyInfo")!.Child("Location")!.Child("X")!.WireType);
    }

    [Fact]
    public void VideoTargetRec_HasEveryRowOfTheHandCheckedTree()
    {
        Assert.SkipWhen(Repository.Shared is null, "CICODEGEN_SHARED names no folder: the hand-checked trees are not here.");
        using JsonDocument key = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Shared!, "keys", "VideoTargetRec.json")));
        TagModel tag = s_bundled.Find("VideoTargetRec")!;
        int rows = Compare(key.RootElement.GetProperty("request"), tag.Request, isRequest: true) + Compare(key.RootElement.GetProperty("response"), tag.Response, isRequest: false);
        Assert.Equal(34 + 51, rows);
    }

    private static int Compare(JsonElement row, NodeModel node, bool isRequest)
    {
        string path = row.GetProperty("path").GetString()!;
        Assert.Equal((path, row.GetProperty("type").GetString()), (path, node.WireType));
        Assert.Equal((path, row.GetProperty("array").GetBoolean()), (path, node.IsMany));
        if (isRequest)
        {
            JsonElement required = row.GetProperty("required");
            Assert.Equal((path, required.ValueKind == JsonValueKind.True), (path, node.IsRequired));
            Assert.Equal((path, required.ValueKind == JsonValueKind.Object ? required.GetProperty("requiredWhen").GetString() : null), (path, node.RequiredWhen?.Text));
            Assert.Equal((path, row.TryGetProperty("default", out JsonElement given) ? given.GetString() : null), (path, node.Default));
        }

        if (row.TryGetProperty("enum", out JsonElement values) && node.Type != LogicalType.Boolean)
        {
            Assert.Equal(values.EnumerateArray().Select(v => v.GetString()), node.Enum!.Values.Select(v => v.Text));
        }

        return 1 + (row.TryGetProperty("children", out JsonElement children)
            ? children.EnumerateArray().Sum(c => Compare(c, node.Child(c.GetProperty("name").GetString()!) ?? throw new InvalidOperationException(c.GetProperty("path").GetString()), isRequest))
            : 0);
    }
}
