using System.Text.Json;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

public sealed class TreeTests
{
    private static readonly Lazy<Task<Dictionary<string, JsonElement>>> s_nodes = new(async () =>
    {
        JsonElement tag = (await CliRun.Of("tree", "VideoTargetRec", "--json")).Exits(0).Json;
        Dictionary<string, JsonElement> nodes = [];
        Collect(tag.GetProperty("request"), nodes);
        Collect(tag.GetProperty("response"), nodes);
        return nodes;
    });

    [Theory]
    [InlineData("Request", "required", "true")]
    [InlineData("Request.Tag", "const", "\"VideoTargetRec\"")]
    [InlineData("Request.Operation.UserData", "maxLength", "1024")]
    [InlineData("Request.Operation.UserData", "required", "false")]
    [InlineData("Request.Operation.JobLevel", "enum", """["0","1","2"]""")]
    [InlineData("Request.Operation.JobLevel", "default", "\"0\"")]
    [InlineData("Request.Operation.VideoTargetRec.Body", "enum", """["true","false"]""")]
    [InlineData("Request.Operation.VideoTargetRec.Body", "default", "\"false\"")]
    [InlineData("Request.Operation.VideoTargetRec.Body", "type", "\"bool\"")]
    [InlineData("Request.Operation.VideoTargetRec.SnapshotFreq", "range", """{"min":0,"max":30,"minInclusive":true,"maxInclusive":true}""")]
    [InlineData("Request.CallBackMqConfig", "required", "\"CallBackType == TDMQ\"")]
    [InlineData("Request.CallBackMqConfig.MqRegion", "enum", """["sh","bj","gz","cd","hk"]""")]
    [InlineData("Request.CallBackMqConfig.MqRegion", "wireType", "\"String\"")]
    [InlineData("Response", "required", "null")]
    [InlineData("Response.JobsDetail", "many", "true")]
    [InlineData("Response.JobsDetail", "type", "\"container\"")]
    [InlineData("Response.JobsDetail.JobId", "required", "null")]
    [InlineData("Response.JobsDetail.StartTime", "type", "\"time\"")]
    [InlineData("Response.JobsDetail.Operation.VideoTargetRecResult.BodyRecognition", "many", "true")]
    [InlineData("Response.JobsDetail.Operation.VideoTargetRecResult.BodyRecognition.BodyInfo.Score", "type", "\"int\"")]
    public async Task Tree_HasFact(string path, string fact, string json)
        => Assert.Equal(json, (await s_nodes.Value)[path].GetProperty(fact).GetRawText());

    [Fact]
    public async Task AbsentFacts_AreLeftOut()
    {
        JsonElement node = (await s_nodes.Value)["Request.Operation.TemplateId"];
        Assert.Equal(["name", "path", "wireType", "type", "many", "required"], node.EnumerateObject().Select(p => p.Name).Take(6));
        Assert.DoesNotContain(node.EnumerateObject(), p => p.Name is "enum" or "default" or "const" or "range" or "maxLength" or "children");
    }

    [Fact]
    public async Task Rules_NameTheirNodesByPath()
        => Assert.Contains(
            """{"kind":"atLeastOne","nodes":["Request.Operation.TemplateId","Request.Operation.VideoTargetRec"]}""",
            (await s_nodes.Value)["Request.Operation"].GetProperty("rules").GetRawText(),
            StringComparison.Ordinal);

    [Fact]
    public async Task Part_LeavesTheOtherOut()
    {
        JsonElement tag = (await CliRun.Of("tree", "VideoTargetRec", "--part", "response", "--json")).Exits(0).Json;
        Assert.False(tag.TryGetProperty("request", out _));
        Assert.Equal("Response", tag.GetProperty("response").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Plain_IsATree() => Snapshot.Match((await CliRun.Of("tree", "VideoTargetRec", "--part", "request")).Exits(0).Out, "request");

    [Fact]
    public async Task UnknownTag_IsWrongUse_AndTheNearestIsNamed()
    {
        CliRun run = (await CliRun.Of("tree", "videotargetrec", "--json")).Exits(2);
        Assert.Contains("Did you mean 'VideoTargetRec'?", run.Error, StringComparison.Ordinal);
        Assert.Equal("UnknownTag", run.Json.GetProperty("error").GetProperty("code").GetString());
    }

    private static void Collect(JsonElement node, Dictionary<string, JsonElement> nodes)
    {
        nodes.Add(node.GetProperty("path").GetString()!, node);
        if (node.TryGetProperty("children", out JsonElement children))
        {
            foreach (JsonElement child in children.EnumerateArray())
            {
                Collect(child, nodes);
            }
        }
    }
}
