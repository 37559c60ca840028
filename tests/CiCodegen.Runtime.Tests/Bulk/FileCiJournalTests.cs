using System.Globalization;

namespace CiCodegen.Runtime.Tests.Bulk;

public sealed class FileCiJournalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cicodegen-").FullName;

    private string File1 => Path.Combine(_directory, "a.journal");

    private static CiJournalEntry Entry(string key, CiJournalState state, string? jobId = null)
        => new(key, state, "hash", "~ci.mark", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), jobId);

    [Fact]
    public async Task Entries_OutliveTheProcess_AndTheLastOfAKeyCounts()
    {
        await using (FileCiJournal journal = FileCiJournal.Open(File1))
        {
            Assert.Null(await journal.FindAsync("a"));
            await journal.AppendAsync(Entry("a", CiJournalState.Sending));
            await journal.AppendAsync(Entry("a", CiJournalState.Done, "j1"));
            await journal.AppendAsync(Entry("ключ \"x\"\n", CiJournalState.Unsent));
            await journal.AppendAsync(Entry("b", CiJournalState.Sending) with { SentAgainAt = new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero) });
            Assert.Equal("j1", (await journal.FindAsync("a"))?.JobId);
        }

        await using FileCiJournal again = FileCiJournal.Open(File1);
        Assert.Equal(3, again.Count);
        Assert.Equal(Entry("b", CiJournalState.Sending) with { SentAgainAt = new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero) }, await again.FindAsync("b"));
        Assert.Equal(Entry("a", CiJournalState.Done, "j1"), await again.FindAsync("a"));
        Assert.Equal(CiJournalState.Unsent, (await again.FindAsync("ключ \"x\"\n"))?.State);
        await again.DisposeAsync();
        Assert.Equal(5, File.ReadAllLines(File1).Length);
    }

    [Fact]
    public async Task UnfinishedLine_IsCutOff_WhereverTheProcessWasKilled()
    {
        await using (FileCiJournal journal = FileCiJournal.Open(File1))
        {
            await journal.AppendAsync(Entry("a", CiJournalState.Sending));
            await journal.AppendAsync(Entry("b", CiJournalState.Sending));
        }

        byte[] whole = File.ReadAllBytes(File1);
        for (int length = 0; length <= whole.Length; length++)
        {
            string copy = Path.Combine(_directory, length.ToString(CultureInfo.InvariantCulture));
            File.WriteAllBytes(copy, whole[..length]);
            await using FileCiJournal journal = FileCiJournal.Open(copy, flushToDisk: false);
            Assert.Equal(Math.Max(0, whole.AsSpan(0, length).Count((byte)'\n') - 1), journal.Count);
            await journal.AppendAsync(Entry("c", CiJournalState.Done, "j"));
            await journal.DisposeAsync();
            await using FileCiJournal again = FileCiJournal.Open(copy, flushToDisk: false);
            Assert.Equal("j", (await again.FindAsync("c"))?.JobId);
        }
    }

    [Theory]
    [InlineData("no journal\n", 1)]
    [InlineData("no journal and no end of a line", 1)]
    [InlineData("{\"journal\":\"cicodegen\",\"version\":2}", 1)]
    [InlineData("{\"journal\":\"cicodegen\",\"version\":1} ", 1)]
    [InlineData("\nno journal", 1)]
    [InlineData("{\"journal\":\"cicodegen\",\"version\":1}\n{\"key\":\"a\"}\n", 2)]
    [InlineData("{\"journal\":\"cicodegen\",\"version\":1}\n{\"key\":\"a\",\"state\":\"sending\",\"hash\":\"h\",\"at\":\"2026-01-02T03:04:05Z\"}\n\n", 3)]
    public void DamagedFile_IsRefused_AndLeftAsItIs(string text, int line)
    {
        File.WriteAllText(File1, text);
        CiJournalException e = Assert.Throws<CiJournalException>(() => FileCiJournal.Open(File1));
        Assert.Contains($"line {line}", e.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(File1));
    }

    [Fact]
    public void BigFile_ThatIsNoJournal_IsLeftAsItIs()
    {
        byte[] bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);
        bytes.AsSpan().Replace((byte)'\n', (byte)'x');
        bytes[0] = (byte)'x';
        File.WriteAllBytes(File1, bytes);
        Assert.Throws<CiJournalException>(() => FileCiJournal.Open(File1));
        Assert.Equal(bytes, File.ReadAllBytes(File1));
    }

    [Fact]
    public async Task Lines_AreAsLongAsTheirKeys()
    {
        string[] keys = [.. new[] { 1, 1000, 65_300, 65_500, 70_000, 1_000_000, 3 }.Select(length => new string('k', length))];
        await using (FileCiJournal journal = FileCiJournal.Open(File1))
        {
            foreach (string key in keys)
            {
                await journal.AppendAsync(Entry(key, CiJournalState.Done, $"j{key.Length}"));
            }
        }

        File.AppendAllText(File1, $"{{\"key\":\"{new string('u', 200_000)}");
        await using FileCiJournal again = FileCiJournal.Open(File1);
        Assert.Equal(keys.Length, again.Count);
        foreach (string key in keys)
        {
            Assert.Equal($"j{key.Length}", (await again.FindAsync(key))?.JobId);
        }
    }

    [Theory]
    [InlineData("clip-<")]
    [InlineData(">clip")]
    [InlineData("><")]
    [InlineData("a<<>")]
    public async Task KeyWithHalfACharacter_IsRefused(string halves)
    {
        // Attributes cannot hold them.
        string key = halves.Replace('<', '\uD83D').Replace('>', '\uDE00');
        await using (FileCiJournal journal = FileCiJournal.Open(File1))
        {
            ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(async () => await journal.AppendAsync(Entry(key, CiJournalState.Sending)));
            Assert.Contains("half a character", e.Message, StringComparison.Ordinal);
            await journal.AppendAsync(Entry("clip-\uD83D\uDE00", CiJournalState.Sending));
        }

        await using FileCiJournal again = FileCiJournal.Open(File1);
        Assert.Equal(1, again.Count);
        Assert.NotNull(await again.FindAsync("clip-\uD83D\uDE00"));
    }

    [Fact]
    public void FullDisk_IsToldAsWhatItIs()
    {
        // The device that is always full, where there is one; elsewhere a file that is no journal must do.
        string full = File.Exists("/dev/full") ? "/dev/full" : File1;
        File.WriteAllText(File1, "x");
        CiJournalException e = Assert.Throws<CiJournalException>(() => FileCiJournal.Open(full));
        Assert.Contains(full, e.Message, StringComparison.Ordinal);
        Assert.Equal(full == "/dev/full", e.InnerException is IOException);
    }

    [Fact]
    public async Task FileInUse_IsRefused()
    {
        await using FileCiJournal journal = FileCiJournal.Open(File1);
        Assert.Throws<CiJournalException>(() => FileCiJournal.Open(File1));
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<CiJournalException>(async () => await journal.AppendAsync(Entry("a", CiJournalState.Sending)));
    }

    [Fact]
    public async Task ManyAtOnce_AreAllThere()
    {
        await using (FileCiJournal journal = FileCiJournal.Open(File1))
        {
            await Parallel.ForAsync(0, 2000, async (i, cancellationToken) => await journal.AppendAsync(Entry(i.ToString(CultureInfo.InvariantCulture), CiJournalState.Done, $"j{i}"), cancellationToken));
        }

        await using FileCiJournal again = FileCiJournal.Open(File1);
        Assert.Equal(2000, again.Count);
        Assert.Equal("j1999", (await again.FindAsync("1999"))?.JobId);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
