using System.Net;

namespace CiCodegen.Emulator.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("cicodegen-").FullName, "jobs.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public async Task Jobs_outlive_the_emulator()
    {
        string running;
        string cancelled;
        byte[] before;
        await using (EmulatorFixture first = await StartAsync())
        {
            running = (await first.SubmitAsync(EmulatorFixture.Request("ä &amp; &lt;b>.mp4"))).JobId;
            cancelled = (await first.SubmitAsync(EmulatorFixture.Request())).JobId;
            Assert.Equal(HttpStatusCode.OK, (await first.CancelAsync(cancelled)).Status);
            before = (await first.GetAsync($"/jobs/{running},{cancelled}")).Body;
        }

        await using EmulatorFixture second = await StartAsync();
        Assert.Equal(before, (await second.GetAsync($"/jobs/{running},{cancelled}")).Body);
        Assert.Equal("Cancel", (await second.GetAsync($"/jobs/{cancelled}")).State);

        // Ids go on where they were.
        string next = (await second.SubmitAsync(EmulatorFixture.Request())).JobId;
        Assert.DoesNotContain(next, new[] { running, cancelled });
        Assert.Equal(3, (await second.GetAsync("/jobs?tag=VideoTargetRec")).Ids.Length);
    }

    [Fact]
    public async Task A_line_that_was_cut_off_is_dropped()
    {
        string kept;
        await using (EmulatorFixture first = await StartAsync())
        {
            kept = (await first.SubmitAsync(EmulatorFixture.Request())).JobId;
            await first.SubmitAsync(EmulatorFixture.Request());
        }

        byte[] whole = await File.ReadAllBytesAsync(_file);
        await File.WriteAllBytesAsync(_file, whole[..^10]);
        await using EmulatorFixture second = await StartAsync();
        Assert.Equal([kept], (await second.GetAsync("/jobs?tag=VideoTargetRec")).Ids);
        Assert.NotEqual(kept, (await second.SubmitAsync(EmulatorFixture.Request())).JobId);
    }

    [Theory]
    [InlineData("{}\n", "line 1 ")]
    [InlineData("\n", "line 1 ")]
    [InlineData("""{"cancelled":"j1","time":"2022-06-27T07:23:10+00:00"}""" + "\n", "'j1'")]
    [InlineData("""{"job":"j1","tag":"Nope","bucket":"b-1","region":"r","queue":"q","time":"2022-06-27T07:23:10+00:00","request":"<Request/>"}""" + "\n", "Tag 'Nope' is not known")]
    public async Task What_no_emulator_has_written_is_refused(string text, string message)
    {
        await File.WriteAllTextAsync(_file, text);
        Assert.Contains(message, (await Assert.ThrowsAsync<ArgumentException>(StartAsync)).Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_file));
    }

    [Fact]
    public async Task A_job_that_is_there_twice_is_refused_with_its_line()
    {
        await using (EmulatorFixture first = await StartAsync())
        {
            await first.SubmitAsync(EmulatorFixture.Request());
            await first.SubmitAsync(EmulatorFixture.Request());
        }

        string[] lines = await File.ReadAllLinesAsync(_file);
        await File.AppendAllTextAsync(_file, lines[0] + "\n");

        string message = (await Assert.ThrowsAsync<ArgumentException>(StartAsync)).Message;
        Assert.Contains($"'{_file}', whose line 3 ", message, StringComparison.Ordinal);
        Assert.Contains("already", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_fails_leaves_the_file_free()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => CiEmulator.StartAsync(new() { DataFile = _file, TimeProvider = new NoClock() }));

        // At once, before a collection could close it.
        using FileStream file = new(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(0, file.Length);
    }

    [Fact]
    public async Task A_request_comes_back_to_the_character()
    {
        const string Key = "a&#13;b&#10;c&#9; d";
        string id;
        string before;
        await using (EmulatorFixture first = await StartAsync())
        {
            id = (await first.SubmitAsync(EmulatorFixture.Request(Key))).JobId;
            before = (await first.GetAsync($"/jobs/{id}")).Job.Element("Input")!.Element("Object")!.Value;
        }

        await using EmulatorFixture second = await StartAsync();
        Assert.Equal("a\rb\nc\t d", before);
        Assert.Equal(before, (await second.GetAsync($"/jobs/{id}")).Job.Element("Input")!.Element("Object")!.Value);
    }

    [Fact]
    public async Task A_template_s_name_outlives_the_template()
    {
        string id;
        await using (EmulatorFixture first = await StartAsync())
        {
            Answer made = await first.SubmitAsync("<Request><Tag>VideoTargetRec</Tag><Name>mine</Name><VideoTargetRec><Body>true</Body></VideoTargetRec></Request>", path: "/template");
            string template = made.Xml.Element("Template")!.Element("TemplateId")!.Value;
            id = (await first.SubmitAsync(EmulatorFixture.Request(operation: $"<TemplateId>{template}</TemplateId>"))).JobId;
        }

        await using EmulatorFixture second = await StartAsync();
        Assert.Equal("mine", (await second.GetAsync($"/jobs/{id}")).Job.Element("Operation")!.Element("TemplateName")!.Value);
    }

    [Fact]
    public async Task One_emulator_at_a_time()
    {
        await using EmulatorFixture first = await StartAsync();
        Assert.Contains("cannot be opened", (await Assert.ThrowsAsync<ArgumentException>(StartAsync)).Message, StringComparison.Ordinal);
    }

    private Task<EmulatorFixture> StartAsync() => EmulatorFixture.StartAsync(clock => new() { TimeProvider = clock, DataFile = _file });

    private sealed class NoClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new NotSupportedException();
    }
}
