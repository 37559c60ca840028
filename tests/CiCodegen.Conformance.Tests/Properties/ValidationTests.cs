using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>What is emitted finds in a value what the schema says about it: all of it and nothing else.</summary>
public sealed class ValidationTests
{
    public static TheoryData<string> Tags => [.. Models.All.Select(t => t.Model.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void AnyValue_HasTheViolationsThatItsSchemaSays(string name)
    {
        BoundTag tag = Models.Find(name);
        Values.Of(tag.Model.Request).Sample(value => { Compare(tag, value); }, iter: Effort.Iterations * 2);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void ValidValue_WithOneRuleBroken_HasThatViolationAlone(string name)
    {
        BoundTag tag = Models.Find(name);
        HashSet<(string Path, string Rule)> all = [.. Breaking.Rules(tag.Model.Request)];
        HashSet<(string Path, string Rule)> broken = [];

        // Each value is broken in many ways; chance may still leave out a rule, so there are more rounds if need be.
        for (int round = 0; round < 20 && (round == 0 || !all.SetEquals(broken)); round++)
        {
            Gen.Select(Values.Of(tag.Model.Request), Gen.Int).Sample((value, seed) => Break(tag, value, new Random(seed), broken), iter: Effort.Iterations / 5);
        }

        Assert.NotEmpty(all);
        Assert.Empty(all.Except(broken));
        Assert.Empty(broken.Except(all));
    }

    public static TheoryData<string> BundledTags => [.. Models.Bundled.Select(t => t.Model.Tag)];

    [Theory]
    [MemberData(nameof(BundledTags))]
    public void BundledTag_HasEachOfItsRulesBrokenAlone(string name)
    {
        BoundTag tag = Models.Bundled.Single(t => t.Model.Tag == name);
        HashSet<(string Path, string Rule)> all = [.. Breaking.Rules(tag.Model.Request)];
        HashSet<(string Path, string Rule)> broken = [];

        // Tags that have all of Transcode's rules among theirs take long: away from the full run they have a few rounds only.
        bool isWhole = Effort.IsFull || name == "Transcode" || all.Count < 100;
        for (int round = 0; round < (isWhole ? 300 : 3) && !all.SetEquals(broken); round++)
        {
            Gen.Select(Values.Of(tag.Model.Request), Gen.Int).Sample((value, seed) => Break(tag, value, new Random(seed), broken), iter: 10);
        }

        Assert.NotEmpty(broken);
        Assert.Empty(broken.Except(all));
        Assert.Empty(isWhole ? all.Except(broken) : []);
    }

    private static void Break(BoundTag tag, JsonObject value, Random random, HashSet<(string Path, string Rule)> broken)
    {
        JsonObject? good = Repair.Of(tag.Model.Request, value, random);
        Assert.True(good is not null, $"not made valid: {value.ToJsonString()}");
        Assert.Empty(Compare(tag, good));
        foreach (JsonObject bad in Breaking.Of(tag.Model.Request, good, random).OrderBy(_ => random.Next()).Take(30))
        {
            // Breaking one rule may break another by itself: only what breaks just one counts.
            (string Path, string Rule)[] found = Compare(tag, bad);
            if (found.Length == 1)
            {
                lock (broken)
                {
                    broken.Add((Breaking.Place(tag.Model.Request, found[0].Path), found[0].Rule));
                }
            }
        }
    }

    /// <summary>Asserts that what is emitted finds what the reference finds.</summary>
    /// <returns>The violations.</returns>
    private static (string Path, string Rule)[] Compare(BoundTag tag, JsonObject value)
    {
        object typed = tag.Binding.ReadRequestJson(Encoding.UTF8.GetBytes(value.ToJsonString()));
        (string Path, string Rule)[] found = [.. tag.Binding.Validate(typed).Violations.Select(v => (v.Path, v.Rule)).Order()];
        (string Path, string Rule)[] due = [.. ReferenceRules.Check(tag.Model.Request, value).Select(b => (b.Path, b.Rule)).Order()];
        Assert.True(due.SequenceEqual(found), $"found: {string.Join(", ", found.Except(due))}\nmissed: {string.Join(", ", due.Except(found))}\nin: {value.ToJsonString()}");
        return found;
    }
}
