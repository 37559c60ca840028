namespace CiCodegen.Runtime;

/// <summary>A callback of a Tag that nobody knows: what every callback has.</summary>
internal sealed class CallbackEnvelope : ICiDocument<CallbackEnvelope>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.Many("JobsDetail"), CiNode.One("EventName"));

    private readonly List<JobNode> _jobs = [];

    public static CiNode Root { get; } = CiNode.One("Response");

    public string? EventName { get; private set; }

    public IReadOnlyList<CiJobEnvelope> Jobs => [.. _jobs.Select(static node => node.Job)];

    /// <summary>Takes over the bytes that a second pass found; both passes count the same jobs.</summary>
    public void TakeOperations(List<CiJobEnvelope> found)
    {
        for (int i = 0; i < _jobs.Count && i < found.Count; i++)
        {
            _jobs[i].Job.RawOperation = found[i].RawOperation;
        }
    }

    public static CallbackEnvelope Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        CallbackEnvelope envelope = new();
        reader.Enter(s_nodes);
        do
        {
            while (reader.Is(0))
            {
                envelope._jobs.Add(JobNode.Read(reader));
            }

            envelope.EventName ??= reader.ReadString(1);
        }
        while (reader.More(null));

        return envelope;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        foreach (JobNode job in CiShapeWriter.Each(ref writer, s_nodes[0], _jobs))
        {
            job.Write(ref writer);
        }

        writer.WriteString(s_nodes[1], EventName);
        writer.End();
    }

    /// <summary>Node <c>JobsDetail</c> without what belongs to a Tag.</summary>
    private sealed class JobNode : ICiShape<JobNode>
    {
        private static readonly CiNodeTable s_nodes = new(
            CiNode.One("Code"),
            CiNode.One("Message"),
            CiNode.One("JobId"),
            CiNode.One("Tag"),
            CiNode.One("SubTag"),
            CiNode.One("State"),
            CiNode.One("Progress"),
            CiNode.One("CreationTime"),
            CiNode.One("StartTime"),
            CiNode.One("EndTime"),
            CiNode.One("QueueId"));

        public CiJobEnvelope Job { get; } = new();

        public static JobNode Read<TReader>(TReader reader)
            where TReader : struct, ICiReader
        {
            JobNode node = new();
            CiJobEnvelope job = node.Job;
            reader.Enter(s_nodes);
            do
            {
                job.Code ??= reader.ReadString(0);
                job.Message ??= reader.ReadString(1);
                job.JobId ??= reader.ReadString(2);
                job.Tag ??= reader.ReadString(3);
                job.SubTag ??= reader.ReadString(4);
                job.State ??= reader.ReadToken(5, CiJobState.Known) is { } state ? new CiJobState(state) : null;
                job.Progress ??= reader.ReadString(6);
                job.CreationTime ??= reader.ReadTime(7);
                job.StartTime ??= reader.ReadTime(8);
                job.EndTime ??= reader.ReadTime(9);
                job.QueueId ??= reader.ReadString(10);
            }
            while (reader.More(null));

            return node;
        }

        public void Write<TWriter>(ref TWriter writer)
            where TWriter : struct, ICiWriter
        {
            writer.WriteString(s_nodes[0], Job.Code);
            writer.WriteString(s_nodes[1], Job.Message);
            writer.WriteString(s_nodes[2], Job.JobId);
            writer.WriteString(s_nodes[3], Job.Tag);
            writer.WriteString(s_nodes[4], Job.SubTag);
            writer.WriteString(s_nodes[5], Job.State?.Text);
            writer.WriteString(s_nodes[6], Job.Progress);
            writer.WriteTime(s_nodes[7], Job.CreationTime);
            writer.WriteTime(s_nodes[8], Job.StartTime);
            writer.WriteTime(s_nodes[9], Job.EndTime);
            writer.WriteString(s_nodes[10], Job.QueueId);
            writer.End();
        }
    }
}
