using System.Globalization;
using CiCodegen.Benchmarks.CiJobs;

namespace CiCodegen.Benchmarks.Data;

/// <summary>The emitted classes' side of a document: what its content is as them, and what it costs to allocate them alone.</summary>
internal static class Graph
{
    private static readonly List<VideoTargetRecBodyRecognition> s_noBodies = [];
    private static readonly List<VideoTargetRecCarRecognition> s_noCars = [];

    /// <summary>The content of an emitted response as the plain classes, to compare with what was written.</summary>
    public static Response Plain(VideoTargetRecResponse response) => new()
    {
        EventName = response.EventName,
        JobsDetail = [.. response.JobsDetail.Select(PlainJob)],
    };

    /// <summary>Allocates the same objects, lists and texts as reading does, from a response that is there: known values are shared, lists grow.</summary>
    public static VideoTargetRecResponse Copy(VideoTargetRecResponse from)
    {
        VideoTargetRecResponse to = new() { EventName = Copy(from.EventName) };
        foreach (VideoTargetRecJob job in from.JobsDetail)
        {
            to.JobsDetail.Add(CopyJob(job));
        }

        return to;
    }

    private static VideoTargetRecJob CopyJob(VideoTargetRecJob from) => new()
    {
        Code = Copy(from.Code),
        Message = Copy(from.Message),
        JobId = Copy(from.JobId),
        Tag = Copy(from.Tag),
        State = from.State,
        CreationTime = from.CreationTime,
        StartTime = from.StartTime,
        EndTime = from.EndTime,
        QueueId = Copy(from.QueueId),
        Operation = new VideoTargetRecJobOperation
        {
            TemplateId = Copy(from.Operation!.TemplateId),
            TemplateName = Copy(from.Operation.TemplateName),
            VideoTargetRecResult = CopyResult(from.Operation.VideoTargetRecResult!),
            UserData = Copy(from.Operation.UserData),
            JobLevel = Copy(from.Operation.JobLevel),
        },
        Input = new JobInput { Region = Copy(from.Input!.Region), BucketId = Copy(from.Input.BucketId), Object = Copy(from.Input.Object) },
    };

    private static VideoTargetRecResult CopyResult(VideoTargetRecResult from)
    {
        VideoTargetRecResult to = new();
        foreach (VideoTargetRecBodyRecognition body in from._bodyRecognition ?? s_noBodies)
        {
            VideoTargetRecBodyRecognition copy = new() { Time = Copy(body.Time), Url = Copy(body.Url) };
            foreach (VideoTargetRecBodyInfo info in body.BodyInfo)
            {
                copy.BodyInfo.Add(new VideoTargetRecBodyInfo { Name = Copy(info.Name), Score = info.Score, Location = CopyLocation(info.Location!) });
            }

            to.BodyRecognition.Add(copy);
        }

        foreach (VideoTargetRecCarRecognition car in from._carRecognition ?? s_noCars)
        {
            VideoTargetRecCarRecognition copy = new() { Time = Copy(car.Time), Url = Copy(car.Url) };
            foreach (VideoTargetRecCarInfo info in car.CarInfo)
            {
                copy.CarInfo.Add(new VideoTargetRecCarInfo { Name = Copy(info.Name), Score = info.Score, Location = CopyLocation(info.Location!) });
            }

            to.CarRecognition.Add(copy);
        }

        return to;
    }

    private static VideoTargetRecLocation CopyLocation(VideoTargetRecLocation from) => new() { X = from.X, Y = from.Y, Height = from.Height, Width = from.Width };

    private static string? Copy(string? text) => text is null ? null : text.Length == 0 ? "" : new string(text.AsSpan());

    private static Job PlainJob(VideoTargetRecJob job) => new()
    {
        Code = job.Code,
        Message = job.Message,
        JobId = job.JobId,
        Tag = job.Tag,
        State = job.State?.Text,
        CreationTime = Time(job.CreationTime),
        StartTime = Time(job.StartTime),
        EndTime = Time(job.EndTime),
        QueueId = job.QueueId,
        Operation = new Operation
        {
            TemplateId = job.Operation!.TemplateId,
            TemplateName = job.Operation.TemplateName,
            VideoTargetRecResult = PlainResult(job.Operation.VideoTargetRecResult!),
            UserData = job.Operation.UserData,
            JobLevel = job.Operation.JobLevel,
        },
        Input = new Input { Region = job.Input!.Region, BucketId = job.Input.BucketId, Object = job.Input.Object },
    };

    private static Result PlainResult(VideoTargetRecResult result) => new()
    {
        BodyRecognition = [.. result.BodyRecognition.Select(b => new Body { Time = b.Time, Url = b.Url, BodyInfo = [.. b.BodyInfo.Select(i => PlainInfo(i.Name, i.Score, i.Location))] })],
        CarRecognition = [.. result.CarRecognition.Select(c => new Car { Time = c.Time, Url = c.Url, CarInfo = [.. c.CarInfo.Select(i => PlainInfo(i.Name, i.Score, i.Location))] })],
    };

    private static Info PlainInfo(string? name, int? score, VideoTargetRecLocation? at) => new()
    {
        Name = name,
        Score = score!.Value,
        Location = new Location { X = at!.X!.Value, Y = at.Y!.Value, Height = at.Height!.Value, Width = at.Width!.Value },
    };

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + time?.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
