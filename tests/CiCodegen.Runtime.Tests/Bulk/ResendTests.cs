using System.Net;
using System.Text;
using CiCodegen.Runtime.Tests.Transport;

namespace CiCodegen.Runtime.Tests.Bulk;

/// <summary>What was lost and not found is sent again on request: that must not make anybody forget the first time.</summary>
public sealed class ResendTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cicodegen-").FullName;

    private string JournalFile => Path.Combine(_directory, "a.journal");

    private static IAsyncEnumerable<ICiJobRequest<TestJob>> One()
        => new ICiJobRequest<TestJob>[] { new TestRequest("<Request><Tag>TestTag</Tag><Operation><UserData>n</UserData></Operation></Request>") }.ToAsync();

    private static async Task<List<CiBulkResult>> All(IAsyncEnumerable<CiBulkResult> results)
    {
        List<CiBulkResult> list = [];
        await foreach (CiBulkResult result in results)
        {
            list.Add(result);
        }

        return list;
    }

    private static string? MarkOf(Sent sent) => CiSubmissionMark.Find(Encoding.UTF8.GetString(sent.Body).Split("<UserData>")[1].Split("</")[0]);

    private static string Listed(string id, string? mark) => FakeService.Jobs($"<JobId>{id}</JobId><State>Submitted</State><Code>Success</Code><Operation><UserData>n{mark}</UserData></Operation>");

    [Theory]
    [InlineData("no connection")]
    [InlineData("refused")]
    [InlineData("no credentials")]
    [InlineData("lost as well")]
    [InlineData("cancelled")]
    public async Task ResendThatFails_StaysUnknown_AndTheNextRunLooksForTheFirst(string how)
    {
        using CancellationTokenSource cancel = new();
        FakeService service = new();
        int posts = 0;
        service.Answers(sent =>
        {
            if (sent.Method != "POST")
            {
                return FakeService.Answer(HttpStatusCode.OK, "<Response/>");
            }

            return ++posts > 1 && how == "refused" ? FakeService.Answer(HttpStatusCode.BadRequest, FakeService.Error("InvalidArgument")) : FakeService.Reset(sent);
        });
        Switch credentials = new(() => posts == 1 && how == "no credentials" && service.Requests[^1].Method == "GET" && service.Requests.Count > 2);
        service.BeforeSending = count =>
        {
            // The list is looked through twice, then comes the second time.
            bool isResend = count >= 3;
            if (isResend && how == "cancelled")
            {
                cancel.Cancel();
            }

            return !isResend ? null : how switch
            {
                "no connection" => new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
                "cancelled" => new OperationCanceledException(cancel.Token),
                _ => null,
            };
        };
        await using (FileCiJournal journal = FileCiJournal.Open(JournalFile))
        {
            CiClient client = service.Client(o => o.LookupWindow = TimeSpan.FromSeconds(0.4), credentials);
            List<CiBulkResult> told = [];
            Task run = Task.Run(async () =>
            {
                await foreach (CiBulkResult result in client.SubmitAllAsync(One(), new CiBulkOptions { Journal = journal, ResendUnfound = true }, cancel.Token))
                {
                    told.Add(result);
                }
            });
            await service.Time.RunAsync(run);
            Exception? failure = await Record.ExceptionAsync(() => run);
            switch (how)
            {
                case "cancelled":
                    Assert.IsAssignableFrom<OperationCanceledException>(failure);
                    Assert.Empty(told);
                    break;
                default:
                    Assert.True(how == "no credentials" ? failure is CiCredentialException : failure is null, failure?.ToString());
                    CiBulkResult result = Assert.Single(told);
                    Assert.Equal((CiBulkStatus.Unknown, null), (result.Status, result.JobId));
                    CiAmbiguousSubmitException error = Assert.IsType<CiAmbiguousSubmitException>(result.Error);
                    Assert.Equal(MarkOf(service.Requests[0]), error.Mark);
                    Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), error.SentAt);
                    Assert.True(error.Lookups >= 2);
                    break;
            }

            CiJournalEntry? entry = await journal.FindAsync("0");
            Assert.Equal((CiJournalState.Sending, MarkOf(service.Requests[0])), (entry?.State, entry?.Mark));
            Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), entry?.At);
        }

        FakeService later = new();
        later.Answers(sent => sent.Method == "POST"
            ? FakeService.Answer(HttpStatusCode.OK, FakeService.Job("second", "Submitted"))
            : FakeService.Answer(HttpStatusCode.OK, Listed("first", MarkOf(service.Requests[0]))));
        await using FileCiJournal again = FileCiJournal.Open(JournalFile);
        CiBulkResult found = Assert.Single(await later.Get(All(later.Client().SubmitAllAsync(One(), new CiBulkOptions { Journal = again, ResendUnfound = true }))));
        Assert.Equal((CiBulkStatus.Already, "first"), (found.Status, found.JobId));
        Assert.DoesNotContain(later.Requests, sent => sent.Method == "POST");
    }

    [Fact]
    public async Task SentAgain_CarriesTheSameMark_SoEitherIsFound()
    {
        FakeService service = new();
        int posts = 0;
        service.Answers(sent => sent.Method == "POST"
            ? (++posts, FakeService.Reset(sent)).Item2
            : FakeService.Answer(HttpStatusCode.OK, posts > 1 ? Listed("late", MarkOf(service.Requests[0])) : "<Response/>"));
        await using FileCiJournal journal = FileCiJournal.Open(JournalFile);
        CiBulkResult result = Assert.Single(await service.Get(All(service.Client(o => o.LookupWindow = TimeSpan.FromSeconds(0.4)).SubmitAllAsync(One(), new CiBulkOptions { Journal = journal, ResendUnfound = true }))));
        Assert.Equal((CiBulkStatus.Submitted, "late"), (result.Status, result.JobId));
        Assert.Equal(2, posts);
        Assert.Single(service.Requests.Where(sent => sent.Method == "POST").Select(MarkOf).Distinct());
    }

    [Fact]
    public async Task BrokenOffWhileSentAgain_HasItsWindow()
    {
        // Sent first an hour ago, again a second ago: the list may lag.
        FakeService service = new();
        DateTimeOffset now = service.Time.GetUtcNow();
        string mark = CiSubmissionMark.New();
        await using FileCiJournal journal = FileCiJournal.Open(JournalFile);
        BulkWork work = new(0, "0", TestJob.JobTag, Encoding.UTF8.GetBytes("<Request><Tag>TestTag</Tag><Operation><UserData>n</UserData></Operation></Request>"), null);
        await journal.AppendAsync(new("0", CiJournalState.Sending, work.Hash, mark, now.AddHours(-1), null) { SentAgainAt = now.AddSeconds(-1) });
        service.Answers(sent => sent.Method == "POST" ? FakeService.Answer(HttpStatusCode.OK, FakeService.Job("third", "Submitted")) : FakeService.Answer(HttpStatusCode.OK, "<Response/>"));
        CiBulkResult result = Assert.Single(await service.Get(All(service.Client().SubmitAllAsync(One(), new CiBulkOptions { Journal = journal, ResendUnfound = true }))));
        Assert.Equal((CiBulkStatus.Submitted, "third"), (result.Status, result.JobId));
        Assert.InRange(service.Time.GetUtcNow() - now, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));

        // From a quarter of an hour before the first time on.
        Assert.Contains("startCreationTime=2026-01-02T01%3A48", service.Requests[0].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClockSetBackWhileItIsLookedFor_ChangesNothing()
    {
        FakeService service = new();
        int lists = 0;
        service.Answers(sent =>
        {
            if (sent.Method == "POST")
            {
                return FakeService.Reset(sent);
            }

            service.Time.SetBack = TimeSpan.FromHours(lists++ > 0 ? 1 : 0);
            return FakeService.Answer(HttpStatusCode.OK, "<Response/>");
        });
        long start = service.Time.GetTimestamp();
        CiBulkResult result = Assert.Single(await service.Get(All(service.Client().SubmitAllAsync(One()))));
        Assert.Equal(CiBulkStatus.Unknown, result.Status);
        Assert.InRange(service.Time.GetElapsedTime(start), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));

        // What the clock calls now is what the list is asked by.
        Assert.Contains("startCreationTime=2026-01-02T02%3A48", service.Requests[1].Uri.Query, StringComparison.Ordinal);
        Assert.Contains("startCreationTime=2026-01-02T01%3A48", service.Requests[^1].Uri.Query, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private sealed class Switch(Func<bool> fails) : ICiCredentialProvider
    {
        public ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
            => fails() ? throw new CiCredentialException("gone") : new(new CiCredentials("AKIDFAKE", FakeService.SecretKey, FakeService.Token));
    }
}
