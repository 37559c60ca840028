using CiCodegen.Emulator.Tests.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

public sealed class TemplateTests
{
    private static AnimationTemplateRequest Animation(string name, int? width = 320) => new()
    {
        Name = name,
        Container = new() { Format = new("gif") },
        Video = new() { Codec = new("gif"), Width = width },
    };

    [Fact]
    public async Task A_template_is_made_changed_listed_and_deleted()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        AnimationTemplate made = await ci.Client.CreateTemplateAsync(Animation("a"));

        Assert.StartsWith("t", made.TemplateId, StringComparison.Ordinal);
        Assert.Equal(("a", "Animation", "photos-1250000001", "Custom", EmulatorFixture.Start), (made.Name, made.Tag, made.BucketId, made.Category, made.CreateTime));
        ci.Clock.Advance(TimeSpan.FromMinutes(1));
        AnimationTemplate changed = await ci.Client.UpdateTemplateAsync(made.TemplateId!, Animation("b", 640));
        Assert.Equal((made.TemplateId, "b", EmulatorFixture.Start, EmulatorFixture.Start.AddMinutes(1)), (changed.TemplateId, changed.Name, changed.CreateTime, changed.UpdateTime));
        Assert.Equal(made.TemplateId, Assert.Single(await ListAsync<AnimationTemplate>(ci)).TemplateId);
        await ci.Client.DeleteTemplateAsync(made.TemplateId!);
        Assert.Empty(await ListAsync<AnimationTemplate>(ci));
    }

    [Fact]
    public async Task Parameters_that_a_request_has_bare_come_back_in_their_container()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        Assert.Equal("640", (await ci.Client.CreateTemplateAsync(Animation("a", 640))).TransTpl?.Video?.Width);
    }

    [Fact]
    public async Task Parameters_that_a_request_has_in_a_container_come_back_in_it()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        VideoTargetRecTemplate made = await ci.Client.CreateTemplateAsync(new VideoTargetRecTemplateRequest { Name = "t", VideoTargetRec = new() { Car = true } });

        Assert.True(made.VideoTargetRec?.Car);
    }

    [Fact]
    public async Task A_tag_that_only_templates_have_is_chosen_as_a_tag()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        HighSpeedHdTemplate made = await ci.Client.CreateTemplateAsync(new HighSpeedHdTemplateRequest { Name = "t", Container = new() { Format = new("mp4") }, Video = new() { Codec = new("H.264") } });

        Assert.Equal("HighSpeedHd", made.Tag);
    }

    [Fact]
    public async Task Lists_go_on_from_page_to_page_and_choose_by_tag_name_and_id()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        List<string> ids = [];
        for (int i = 0; i < 25; i++)
        {
            ids.Add((await ci.Client.CreateTemplateAsync(Animation($"{(i % 2 == 0 ? "even" : "odd")}{i}"))).TemplateId!);
        }

        await ci.Client.CreateTemplateAsync(new VideoTargetRecTemplateRequest { Name = "other", VideoTargetRec = new() { Car = true } });

        Assert.Equal(ids, (await ListAsync<AnimationTemplate>(ci)).Select(static t => t.TemplateId));
        Assert.Equal(13, (await ListAsync<AnimationTemplate>(ci, new() { NamePrefix = "even", PageSize = 3 })).Count);
        Assert.Equal([ids[3], ids[7]], (await ListAsync<AnimationTemplate>(ci, new() { Ids = [ids[3], ids[7]] })).Select(static t => t.TemplateId));
        Assert.Empty(await ListAsync<AnimationTemplate>(ci, new() { IsOfficial = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync<AnimationTemplate>(ci, new() { PageSize = 0 }));
    }

    [Fact]
    public async Task What_breaks_a_rule_is_not_sent()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        CiValidationException e = await Assert.ThrowsAsync<CiValidationException>(() => ci.Client.CreateTemplateAsync(Animation("a", 100_000)));

        Assert.Contains(e.Violations, static v => v.Path == "Request.Video.Width");
    }

    [Fact]
    public async Task What_the_service_refuses_says_why()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        AnimationTemplate made = await ci.Client.CreateTemplateAsync(Animation("a"));

        Assert.Equal("TemplateNameDuplicate", (await Assert.ThrowsAsync<CiServiceException>(() => ci.Client.CreateTemplateAsync(Animation("a")))).Code);
        Assert.Equal("TemplateNotFound", (await Assert.ThrowsAsync<CiServiceException>(() => ci.Client.DeleteTemplateAsync("t0"))).Code);
        Assert.Equal("InvalidArgument", (await Assert.ThrowsAsync<CiServiceException>(() => ci.Client.UpdateTemplateAsync(made.TemplateId!, new VideoTargetRecTemplateRequest { Name = "b", VideoTargetRec = new() { Car = true } }))).Code);
        await Assert.ThrowsAsync<ArgumentException>(() => ci.Client.DeleteTemplateAsync("a/b"));
    }

    [Fact]
    public void The_catalog_has_the_templates_of_the_project()
        => Assert.Equal(["Animation", "HighSpeedHd", "SmartCover", "VideoTargetRec"], CiTagCatalog.Templates.Select(static t => t.Tag));

    private static async Task<List<TTemplate>> ListAsync<TTemplate>(VerbFixture ci, CiTemplateQuery? query = null)
        where TTemplate : CiTemplate, ICiTemplate<TTemplate>
    {
        List<TTemplate> all = [];
        await foreach (TTemplate template in ci.Client.ListTemplatesAsync<TTemplate>(query))
        {
            all.Add(template);
        }

        return all;
    }
}
