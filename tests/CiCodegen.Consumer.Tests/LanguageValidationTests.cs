using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

/// <summary>Every fact and rule of the schema language that can be checked: once kept, once broken.</summary>
public sealed class LanguageValidationTests
{
    private const string Root = "Request.Operation";

    public static TheoryData<string, string?, string?, string> Cases => new()
    {
        { "", null, null, "" },
        { "Codec=copy", null, null, "" },
        { "Codec=wav", "Codec", "enum", "allowed are aac, mp3, opus, copy" },
        { "Rate=44100", null, null, "" },
        { "Rate=-1", null, null, "" },
        { "Codec=opus Slow=x Rate=48000", null, null, "" },
        { "Codec=opus Slow=x Rate=44100", "Rate", "enumWhen", "when Codec == opus, allowed are 8000, 48000, -1" },
        { "Rate=8000", "Rate", "enumWhen", "when Codec in aac, mp3, allowed are 22050, 44100, 48000, -1" },
        { "Codec=copy Rate=5", null, null, "" },
        { "Codec=opus Preset=slow", null, null, "" },
        { "Codec=opus Preset=medium", "Preset", "enumWhen", "allowed are fast, slow" },
        { "Preset=medium", null, null, "" },
        { "Codec=mp3 Channels=2", null, null, "" },
        { "Codec=mp3 Channels=6", "Channels", "enumWhen", "allowed are 1, 2" },
        { "Quality=0", null, null, "" },
        { "Codec=mp3 Quality=0", "Quality", "rangeWhen", "when Codec == mp3, allowed is (0, 5]" },
        { "Quality=10", "Quality", "range", "[0, 9]" },
        { "Width=128", null, null, "" },
        { "Width=-99", null, null, "" },
        { "Width=129", "Width", "multipleOf", "multiples of 2" },
        { "Width=126", "Width", "range", "[128, 4096] or -99" },
        { "Height=auto", null, null, "" },
        { "Height=1080", null, null, "" },
        { "Height=1081", "Height", "multipleOf", "multiples of 2" },
        { "Height=8192", "Height", "range", "[128, 4096] or auto" },
        { "Height=high", "Height", "special", "allowed are a number and auto" },
        { "Width=640 Height=1000", "Height", "rangeWhen", "[128, 1000) or auto" },
        { "Width=640 Height=auto", null, null, "" },
        { "Ratio=1.50", null, null, "" },
        { "Ratio=1.2", "Ratio", "multipleOf", "multiples of 0.5" },
        { "Only=7 Title=a", null, null, "" },
        { "Only=8 Title=a", "Only", "const", "it must be 7" },
        { "Yes=true", null, null, "" },
        { "Yes=false", "Yes", "const", "it must be 'true'" },
        { "Title=longer", null, null, "" },
        { "Codec=opus Slow=x Title=longer", "Title", "lengthWhen", "when Codec == opus, at most 4 are allowed" },
        { "Color=0x00ff00", null, null, "" },
        { "Color=0x00ff00x", "Color", "pattern", "0x[0-9a-f]{6}" },
        { "Name=a_*-9", null, null, "" },
        { "Name=a.b", "Name", "charset", "U+002E at character 2" },
        { "Object=a.MP4", null, null, "" },
        { "Object=a.${ext}", null, null, "" },
        { "Object=amp4", "Object", "fileExt", ".mp4, .flv" },
        { "Object=.mp4", null, null, "" },
        { "Key=k Encrypt=true Color=0x000000", null, null, "" },
        { "Key=k Encrypt=false Color=0x000000", "Key", "validWhen", "may only be given when Encrypt == true && Codec != copy" },
        { "Key=k Encrypt=true", "", "requires", "needs Encrypt, Color where Key is given" },
        { "Codec=opus Preset=fast", "Slow", "requiredWhen", "Preset == fast" },
        { "Codec=opus", "Slow", "requiredWhen", "Preset == fast" },
        { "Tags=ab,c", null, null, "" },
        { "Tags=ab,C", "Tags[1]", "pattern", "[a-z]+" },
        { "Codec=mp3 Tags=a,c", "Tags[1]", "enumWhen", "allowed are a, b" },
        { "Flag=false Other=true", null, null, "" },
        { "Other=false", null, null, "" },
        { "Flag=false", "", "notAllFalse", "Flag, Other to be true when Codec != copy" },
        { "Codec=copy Flag=false", null, null, "" },
        { "Only=7 Title=a Name=b", "", "exactlyOne", "exactly one of Title, Name when Only" },
        { "Title=a Name=b", null, null, "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void FactOrRule_IsKeptOrBroken(string given, string? path, string? rule, string said)
    {
        CiValidationResult result = Request(given).Validate();
        if (rule is null)
        {
            Assert.Empty(result.Violations);
            return;
        }

        CiViolation violation = Assert.Single(result.Violations);
        Assert.Equal((path!.Length == 0 ? Root : $"{Root}.{path}", rule), (violation.Path, violation.Rule));
        Assert.Contains(said, violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConditionThatReachesUp_IsCheckedInEachOfTheList()
    {
        LanguageRequest request = Request("Codec=opus Slow=x Quality=7");
        request.Operation!.Part =
        [
            new() { Mode = "clip", Start = "0", Clip = new() { Length = 10 } },
            new() { Mode = "clip", Clip = new() { Length = 11 } },
            new() { Mode = "x", Clip = new() { Length = 11, A = "a", B = "b", Ends = ["long"] } },
        ];
        Assert.Equal(
            ["Request.Operation.Part[1].Start requiredWhen", "Request.Operation.Part[1].Clip.Length rangeWhen", "Request.Operation.Part[2].Clip exclusive"],
            request.Validate().Violations.Select(v => $"{v.Path} {v.Rule}"));
        request.Operation.Codec = "mp3";
        Assert.Equal(
            ["Request.Operation.Quality rangeWhen", "Request.Operation.Part[1].Clip.Length rangeWhen", "Request.Operation.Part[2].Clip.Ends[0] lengthWhen", "Request.Operation.Part[2].Clip exclusive"],
            request.Validate().Violations.Select(v => $"{v.Path} {v.Rule}").Order(StringComparer.Ordinal).OrderBy(v => v.Contains("Part", StringComparison.Ordinal)).ThenBy(v => v.IndexOf("exclusive", StringComparison.Ordinal)));
    }

    [Fact]
    public void EntriesOfAMap_AreCheckedByTheirNames()
    {
        LanguageRequest request = Request("Codec=mp3");
        LanguageOperation operation = request.Operation!;
        operation.Output = new() { ["Output_a"] = new() { Object = "o" }, ["Output_b"] = new() { Bucket = "b", Object = "longer" } };
        operation.Level = new() { ["Level_1"] = 3, ["Level_2"] = 4, ["Lvl"] = 1, ["Level_ x"] = 1 };
        operation.List = new() { ["List_1"] = ["x", "z"], ["List_2"] = ["y"] };
        Assert.Equal(
            [
                "Request.Operation.Output_b.Object maxLength", "Request.Operation.Level_2 range", "Request.Operation.Lvl key", "Request.Operation.Level_ x key",
                "Request.Operation.List_1[1] enum", "Request.Operation.Output_a.Bucket requiredWhen",
            ],
            request.Validate().Violations.Select(v => $"{v.Path} {v.Rule}"));
        operation.Level = [];
        operation.List = [];
        operation.Output = new() { ["Output_Main"] = new() { Bucket = "b" } };
        Assert.Equal("Request.Operation.Output_Main key", Assert.Single(request.Validate().Violations.Select(v => $"{v.Path} {v.Rule}")));
    }

    [Fact]
    public void WhatKeepsEverything_CostsNothing()
    {
        LanguageRequest request = Request("Codec=mp3 Rate=44100 Channels=2 Quality=3 Width=640 Height=720 Ratio=1.5 Yes=true Title=abc Color=0x00ff00 Object=a.mp4 Tags=a,b Other=true");
        request.Operation!.Part = [new() { Mode = "clip", Clip = new() { Length = 5, Ends = ["x"] } }];
        request.Operation.Output = new() { ["Output_a"] = new() { Bucket = "b" } };
        request.Operation.Level = new() { ["Level_1"] = 3 };

        // The first runs fill the pool, make the pattern and let the JIT settle.
        for (int i = 0; i < 100; i++)
        {
            Assert.Empty(request.Validate().Violations);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            _ = request.Validate().IsValid;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A request from words like <c>Codec=aac</c>, by way of its XML.</summary>
    private static LanguageRequest Request(string given)
    {
        IEnumerable<string> nodes = given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(g => g.Split('='))
            .SelectMany(p => (p[0] == "Tags" ? p[1].Split(',') : [p[1]]).Select(v => $"<{p[0]}>{v}</{p[0]}>"));
        return CiXml.Read<LanguageRequest>(System.Text.Encoding.UTF8.GetBytes($"<Request><Tag>Language</Tag><Input><Object>a</Object></Input><Operation>{string.Concat(nodes)}</Operation></Request>"));
    }
}
