using System.Net;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Several operations in one request: what the answer leaves open is told, with what each can be looked for by.</summary>
public sealed class ClientMultiTests
{
    private const string Body = "<Request><Tag>TestTag</Tag><Input><Object>a</Object></Input><Operation><A>1</A></Operation></Request>";

    private readonly FakeService _service = new();

    private static TestRequest[] Two => [new(Body), new(Body)];

    private static string Detail(string id, string? userData = null)
        => $"<JobId>{id}</JobId><State>Submitted</State>{(userData is null ? "" : $"<Operation><UserData>{userData}</UserData></Operation>")}";

    private static string[] MarksOf(Sent sent)
        => [.. Encoding.UTF8.GetString(sent.Body).Split("<UserData>").Skip(1).Select(part => part[..part.IndexOf('<', StringComparison.Ordinal)])];

    [Fact]
    public async Task AnswerInAnotherOrder_IsSortedByTheMarks()
    {
        _service.Answers(sent => FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs(Detail("second", MarksOf(sent)[1]), Detail("first", MarksOf(sent)[0]))));

        IReadOnlyList<CiJob> jobs = await _service.Get(_service.Client(o => o.MarkSubmissions = true).SubmitManyAsync(Two));

        Assert.Equal(["first", "second"], jobs.Select(job => job.JobId));
    }

    [Fact]
    public async Task AnswerOfAnotherSubmission_IsNotTaken()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Jobs(Detail("j1", CiSubmissionMark.New()), Detail("j2", CiSubmissionMark.New())));

        CiAmbiguousSubmitException e = await _service.Fails<CiAmbiguousSubmitException>(_service.Client(o => o.MarkSubmissions = true).SubmitManyAsync(Two));

        Assert.Equal(MarksOf(Assert.Single(_service.Requests)), e.Operations.Select(o => o.Mark));
    }

    [Fact]
    public async Task AnswerWithSomeOfTheJobs_IsAmbiguous_AndNamesThem()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Jobs(Detail("j1")));

        CiResponseException e = await _service.Fails<CiResponseException>(_service.Client(o => o.MarkSubmissions = true).SubmitManyAsync(Two));

        Assert.True(e.IsAmbiguous);
        Assert.Equal("j1", Assert.Single(e.Jobs).JobId);
        Assert.Equal(2, e.Operations.Count(o => o is { Mark: not null, Tag.Name: "TestTag" }));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task LostAnswer_IsAmbiguous_AndAskedOnce()
    {
        _service.Answers(FakeService.Reset);

        CiAmbiguousSubmitException e = await _service.Fails<CiAmbiguousSubmitException>(_service.Client().SubmitManyAsync(Two));

        Assert.Equal([null, null], e.Operations.Select(o => o.Mark));
        Assert.Single(_service.Requests);
    }
}
