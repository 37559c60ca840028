namespace CiCodegen.Runtime.Tests;

/// <summary>Hand-written shapes that imitate emitted code: a response with jobs, every wire type among their nodes.</summary>
public sealed class SampleResponse : ICiDocument<SampleResponse>, ICiJobResponse<SampleJob>
{
    private static readonly CiNodeTable s_nodes = new(
        CiNode.Many("JobsDetail"), CiNode.One("RequestId"), CiNode.One("NextToken"), CiNode.Many("NonExistJobIds"), CiNode.One("EventName"));

    private List<SampleJob>? _jobs;
    private List<string>? _missing;

    public static CiNode Root { get; } = CiNode.One("Response");

    public List<SampleJob> JobsDetail => _jobs ??= [];

    public List<string> NonExistJobIds => _missing ??= [];

    public string? RequestId { get; set; }

    public string? NextToken { get; set; }

    public string? EventName { get; set; }

    public static SampleResponse Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResponse value = Begin(reader);
        while (value.ReadJob(reader) is { } job)
        {
            value.JobsDetail.Add(job);
        }

        return value;
    }

    public static SampleResponse Begin<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResponse value = new();
        reader.Enter(s_nodes);
        return value;
    }

    public SampleJob? ReadJob<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResponse value = this;
        do
        {
            if (reader.Is(0)) { return SampleJob.Read(reader); }
            value.RequestId ??= reader.ReadString(1);
            value.NextToken ??= reader.ReadString(2);
            while (reader.Is(3)) { (value._missing ??= []).Add(reader.ReadString()); }
            value.EventName ??= reader.ReadString(4);
        }
        while (reader.More(null));

        return null;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        foreach (SampleJob item in CiShapeWriter.Each(ref writer, s_nodes[0], _jobs))
        {
            item.Write(ref writer);
        }

        writer.WriteString(s_nodes[1], RequestId);
        writer.WriteString(s_nodes[2], NextToken);
        CiShapeWriter.Many(ref writer, s_nodes[3], _missing);
        writer.WriteString(s_nodes[4], EventName);
        writer.End();
    }
}

public sealed class SampleJob : CiJob, ICiJob<SampleJob>
{
    private static readonly CiNodeTable s_nodes = new(
        CiNode.One("Code"), CiNode.One("Message"), CiNode.One("JobId"), CiNode.One("State"), CiNode.One("CreationTime"), CiNode.One("StartTime"),
        CiNode.One("EndTime"), CiNode.One("QueueId"), CiNode.One("Tag"), CiNode.One("Operation"));

    public static CiTag JobTag { get; } = new("SampleTag", "media", "POST", "/jobs", CiVerbs.Create | CiVerbs.Describe);

    public SampleOperation? Operation { get; set; }

    public static ICiJobResponse<SampleJob> ReadResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader
        => SampleResponse.Read(reader);

    public static ICiJobResponse<SampleJob> BeginResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader
        => SampleResponse.Begin(reader);

    public static SampleJob? ReadJob<TReader>(ICiJobResponse<SampleJob> response, TReader reader)
        where TReader : struct, ICiReader
        => ((SampleResponse)response).ReadJob(reader);

    public static SampleJob Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleJob value = new();
        reader.Enter(s_nodes);
        do
        {
            value.Code ??= reader.ReadString(0);
            value.Message ??= reader.ReadString(1);
            value.JobId ??= reader.ReadString(2);
            value.State ??= reader.ReadToken(3, CiJobState.Known) is { } state ? new CiJobState(state) : null;
            value.CreationTime ??= reader.ReadTime(4);
            value.StartTime ??= reader.ReadTime(5);
            value.EndTime ??= reader.ReadTime(6);
            value.QueueId ??= reader.ReadString(7);
            value.Tag ??= reader.ReadString(8);
            if (reader.Is(9)) { value.Operation = SampleOperation.Read(reader); }
        }
        while (reader.More(null));

        return value;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        writer.WriteString(s_nodes[0], Code);
        writer.WriteString(s_nodes[1], Message);
        writer.WriteString(s_nodes[2], JobId);
        writer.WriteString(s_nodes[3], State?.Text);
        writer.WriteTime(s_nodes[4], CreationTime);
        writer.WriteTime(s_nodes[5], StartTime);
        writer.WriteTime(s_nodes[6], EndTime);
        writer.WriteString(s_nodes[7], QueueId);
        writer.WriteString(s_nodes[8], Tag);
        writer.Begin(s_nodes[9], Operation)?.Write(ref writer);
        writer.End();
    }
}

public sealed class SampleOperation : ICiShape<SampleOperation>
{
    private static readonly CiNodeTable s_nodes = new(
        CiNode.One("TemplateId"), CiNode.One("UserData"), CiNode.One("JobLevel"), CiNode.One("VideoTargetRecResult"), CiNode.One("Size"), CiNode.One("Free"));

    public string? TemplateId { get; set; }

    public string? UserData { get; set; }

    public int? JobLevel { get; set; }

    public SampleResult? VideoTargetRecResult { get; set; }

    public long? Size { get; set; }

    public bool? Free { get; set; }

    public static SampleOperation Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleOperation value = new();
        reader.Enter(s_nodes);
        do
        {
            value.TemplateId ??= reader.ReadString(0);
            value.UserData ??= reader.ReadString(1);
            value.JobLevel ??= reader.ReadInt32(2);
            if (reader.Is(3)) { value.VideoTargetRecResult = SampleResult.Read(reader); }
            value.Size ??= reader.ReadInt64(4);
            value.Free ??= reader.ReadBoolean(5);
        }
        while (reader.More(null));

        return value;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        writer.WriteString(s_nodes[0], TemplateId);
        writer.WriteString(s_nodes[1], UserData);
        writer.WriteInt32(s_nodes[2], JobLevel);
        writer.Begin(s_nodes[3], VideoTargetRecResult)?.Write(ref writer);
        writer.WriteInt64(s_nodes[4], Size);
        writer.WriteBoolean(s_nodes[5], Free);
        writer.End();
    }
}

public sealed class SampleResult : ICiShape<SampleResult>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.Many("BodyRecognition"), CiNode.Many("PetRecognition"));

    private List<SampleRecognition>? _bodies;
    private List<SampleRecognition>? _pets;

    public List<SampleRecognition> BodyRecognition => _bodies ??= [];

    public List<SampleRecognition> PetRecognition => _pets ??= [];

    public static SampleResult Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResult value = new();
        reader.Enter(s_nodes);
        do
        {
            while (reader.Is(0)) { (value._bodies ??= []).Add(SampleRecognition.Read(reader)); }
            while (reader.Is(1)) { (value._pets ??= []).Add(SampleRecognition.Read(reader)); }
        }
        while (reader.More(null));

        return value;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        foreach (SampleRecognition item in CiShapeWriter.Each(ref writer, s_nodes[0], _bodies))
        {
            item.Write(ref writer);
        }

        foreach (SampleRecognition item in CiShapeWriter.Each(ref writer, s_nodes[1], _pets))
        {
            item.Write(ref writer);
        }

        writer.End();
    }
}

public sealed class SampleRecognition : ICiShape<SampleRecognition>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.One("Time"), CiNode.One("Url"), CiNode.Many("BodyInfo"));

    private List<SampleBody>? _bodies;

    public decimal? Time { get; set; }

    public string? Url { get; set; }

    public List<SampleBody> BodyInfo => _bodies ??= [];

    public static SampleRecognition Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleRecognition value = new();
        reader.Enter(s_nodes);
        do
        {
            value.Time ??= reader.ReadDecimal(0);
            value.Url ??= reader.ReadString(1);
            while (reader.Is(2)) { (value._bodies ??= []).Add(SampleBody.Read(reader)); }
        }
        while (reader.More(null));

        return value;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        writer.WriteDecimal(s_nodes[0], Time);
        writer.WriteString(s_nodes[1], Url);
        foreach (SampleBody item in CiShapeWriter.Each(ref writer, s_nodes[2], _bodies))
        {
            item.Write(ref writer);
        }

        writer.End();
    }
}

public sealed class SampleBody : ICiShape<SampleBody>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.One("Name"), CiNode.One("Score"));

    public string? Name { get; set; }

    public int? Score { get; set; }

    public static SampleBody Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        SampleBody value = new();
        reader.Enter(s_nodes);
        do
        {
            value.Name ??= reader.ReadString(0);
            value.Score ??= reader.ReadInt32(1);
        }
        while (reader.More(null));

        return value;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        writer.WriteString(s_nodes[0], Name);
        writer.WriteInt32(s_nodes[1], Score);
        writer.End();
    }
}
