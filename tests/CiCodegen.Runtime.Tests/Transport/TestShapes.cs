using System.Buffers;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>A Tag made by hand, as emitted code would have it: its job has one integer that can go wrong.</summary>
internal sealed class TestJob : CiJob, ICiJob<TestJob>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.One("JobId"), CiNode.One("State"), CiNode.One("Width"));

    public static CiTag JobTag { get; } = new("TestTag", "media", "POST", "/jobs", CiVerbs.Create | CiVerbs.Describe | CiVerbs.List | CiVerbs.Cancel);

    public int? Width { get; set; }

    public static TestJob Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        TestJob job = new();
        reader.Enter(s_nodes);
        do
        {
            job.JobId ??= reader.ReadString(0);
            job.State ??= reader.ReadToken(1, CiJobState.Known) is { } text ? new CiJobState(text) : null;
            job.Width ??= reader.ReadInt32(2);
        }
        while (reader.More(null));

        return job;
    }

    public static ICiJobResponse<TestJob> ReadResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader
        => TestResponse.Read(reader);

    public static ICiJobResponse<TestJob> BeginResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader
        => throw new NotSupportedException();

    public static TestJob? ReadJob<TReader>(ICiJobResponse<TestJob> response, TReader reader)
        where TReader : struct, ICiReader
        => throw new NotSupportedException();

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
        => throw new NotSupportedException();
}

internal sealed class TestResponse : ICiDocument<TestResponse>, ICiJobResponse<TestJob>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.Many("JobsDetail"), CiNode.One("NextToken"), CiNode.Many("NonExistJobIds"));

    public static CiNode Root { get; } = CiNode.One("Response");

    public List<TestJob> JobsDetail { get; } = [];

    public string? NextToken { get; private set; }

    public List<string> NonExistJobIds { get; } = [];

    public string? EventName => null;

    public static TestResponse Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        TestResponse response = new();
        reader.Enter(s_nodes);
        do
        {
            while (reader.Is(0))
            {
                response.JobsDetail.Add(TestJob.Read(reader));
            }

            response.NextToken ??= reader.ReadString(1);
            while (reader.Is(2))
            {
                response.NonExistJobIds.Add(reader.ReadString());
            }
        }
        while (reader.More(null));

        return response;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
        => throw new NotSupportedException();
}

internal sealed class TestRequest(string body = TestRequest.Body, bool valid = true) : ICiJobRequest<TestJob>
{
    public const string Body = "<Request><Tag>TestTag</Tag></Request>";

    public CiValidationResult Validate() => valid ? default : new([new("Request.Tag", "required", "is missing")]);

    public void WriteTo(IBufferWriter<byte> output) => output.Write(Encoding.UTF8.GetBytes(body));
}
