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

    public static CallbackEnvelope Read<TReader>(ref TReader reader)
        where TReader : struct, ICiReader
    {
        CallbackEnvelope envelope = new();
        reader.Enter(s_nodes);
        for (int node = reader.Next(); node >= 0; node = reader.Next())
        {
            if (node == 0)
            {
                envelope._jobs.Add(JobNode.Read(ref reader));
            }
            else
            {
                envelope.EventName = reader.ReadString();
            }
        }

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

        public static JobNode Read<TReader>(ref TReader reader)
            where TReader : struct, ICiReader
        {
            JobNode node = new();
            CiJobEnvelope job = node.Job;
            reader.Enter(s_nodes);
            for (int child = reader.Next(); child >= 0; child = reader.Next())
            {
                switch (child)
                {
                    case 0:
                        job.Code = reader.ReadString();
                        break;
                    case 1:
                        job.Message = reader.ReadString();
                        break;
                    case 2:
                        job.JobId = reader.ReadString();
                        break;
                    case 3:
                        job.Tag = reader.ReadString();
                        break;
                    case 4:
                        job.SubTag = reader.ReadString();
                        break;
                    case 5:
                        job.State = reader.ReadToken(CiJobState.Known) is { } state ? new CiJobState(state) : null;
                        break;
                    case 6:
                        job.Progress = reader.ReadString();
                        break;
                    case 7:
                        job.CreationTime = reader.ReadTime();
                        break;
                    case 8:
                        job.StartTime = reader.ReadTime();
                        break;
                    case 9:
                        job.EndTime = reader.ReadTime();
                        break;
                    default:
                        job.QueueId = reader.ReadString();
                        break;
                }
            }

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
