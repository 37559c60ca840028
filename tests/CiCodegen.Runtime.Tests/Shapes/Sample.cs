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

    public static SampleResponse Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResponse value = Begin(ref reader);
        while (value.ReadJob(ref reader) is { } job)
        {
            value.JobsDetail.Add(job);
        }

        return value;
    }

    public static SampleResponse Begin<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResponse value = new();
        reader.Enter(s_nodes);
        return value;
    }

    public SampleJob? ReadJob<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResponse value = this;
        int child;
        while ((child = reader.Next()) >= 0)
        {
            switch (child)
            {
                case 0: return SampleJob.Read(ref reader);
                case 1: value.RequestId = reader.ReadString(); break;
                case 2: value.NextToken = reader.ReadString(); break;
                case 3: (value._missing ??= []).Add(reader.ReadString()); break;
                case 4: value.EventName = reader.ReadString(); break;
            }
        }

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

    public static ICiJobResponse<SampleJob> ReadResponse<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
        => SampleResponse.Read(ref reader);

    public static ICiJobResponse<SampleJob> BeginResponse<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
        => SampleResponse.Begin(ref reader);

    public static SampleJob? ReadJob<TReader>(ICiJobResponse<SampleJob> response, ref TReader reader)
        where TReader : struct, ICiReader
        => ((SampleResponse)response).ReadJob(ref reader);

    public static SampleJob Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleJob value = new();
        reader.Enter(s_nodes);
        int child;
        while ((child = reader.Next()) >= 0)
        {
            switch (child)
            {
                case 0: value.Code = reader.ReadString(); break;
                case 1: value.Message = reader.ReadString(); break;
                case 2: value.JobId = reader.ReadString(); break;
                case 3: value.State = reader.ReadToken(CiJobState.Known) is { } state ? new CiJobState(state) : null; break;
                case 4: value.CreationTime = reader.ReadTime(); break;
                case 5: value.StartTime = reader.ReadTime(); break;
                case 6: value.EndTime = reader.ReadTime(); break;
                case 7: value.QueueId = reader.ReadString(); break;
                case 8: value.Tag = reader.ReadString(); break;
                case 9: value.Operation = SampleOperation.Read(ref reader); break;
            }
        }

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

    public static SampleOperation Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleOperation value = new();
        reader.Enter(s_nodes);
        int child;
        while ((child = reader.Next()) >= 0)
        {
            switch (child)
            {
                case 0: value.TemplateId = reader.ReadString(); break;
                case 1: value.UserData = reader.ReadString(); break;
                case 2: value.JobLevel = reader.ReadInt32(); break;
                case 3: value.VideoTargetRecResult = SampleResult.Read(ref reader); break;
                case 4: value.Size = reader.ReadInt64(); break;
                case 5: value.Free = reader.ReadBoolean(); break;
            }
        }

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

    public static SampleResult Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleResult value = new();
        reader.Enter(s_nodes);
        int child;
        while ((child = reader.Next()) >= 0)
        {
            switch (child)
            {
                case 0: (value._bodies ??= []).Add(SampleRecognition.Read(ref reader)); break;
                case 1: (value._pets ??= []).Add(SampleRecognition.Read(ref reader)); break;
            }
        }

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

    public static SampleRecognition Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleRecognition value = new();
        reader.Enter(s_nodes);
        int child;
        while ((child = reader.Next()) >= 0)
        {
            switch (child)
            {
                case 0: value.Time = reader.ReadDecimal(); break;
                case 1: value.Url = reader.ReadString(); break;
                case 2: (value._bodies ??= []).Add(SampleBody.Read(ref reader)); break;
            }
        }

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

    public static SampleBody Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        SampleBody value = new();
        reader.Enter(s_nodes);
        int child;
        while ((child = reader.Next()) >= 0)
        {
            switch (child)
            {
                case 0: value.Name = reader.ReadString(); break;
                case 1: value.Score = reader.ReadInt32(); break;
            }
        }

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
