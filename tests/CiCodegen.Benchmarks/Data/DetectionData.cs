using System.Globalization;

namespace CiCodegen.Benchmarks.Data;

/// <summary>Makes responses of a size and kind; the same seed makes the same response.</summary>
/// <param name="isChinese">Whether names and addresses are Chinese, with characters that XML must escape.</param>
internal sealed class DetectionData(bool isChinese)
{
    private const int BytesPerInfo = 190;

    private static readonly string[] s_names = ["person", "bicycle", "motorcycle", "bus", "truck", "van", "taxi", "pedestrian with umbrella"];
    private static readonly string[] s_chinese = ["行人", "骑自行车的人", "面包车 & 出租车", "撑伞的行人 <左侧>", "小轿车", "公共汽车", "戴安全帽的工人 & 手推车", "重型卡车"];

    private readonly Random _random = new(20251119);

    /// <summary>A response whose compact document has about as many bytes.</summary>
    public Response Make(int bytes)
    {
        Response response = new() { EventName = "TaskFinish" };
        int infos = Math.Max(1, (bytes - 600) / BytesPerInfo);
        int perJob = Math.Min(infos, 400);
        for (int done = 0; done < infos; done += perJob)
        {
            response.JobsDetail.Add(MakeJob(response.JobsDetail.Count, Math.Min(perJob, infos - done)));
        }

        return response;
    }

    private Job MakeJob(int number, int infos)
    {
        Result result = new();
        for (int frame = 0; infos > 0; frame++)
        {
            int here = Math.Min(infos, _random.Next(1, 6));
            infos -= here;
            string time = (frame * 0.5).ToString("0.0", CultureInfo.InvariantCulture);
            if (frame % 3 < 2)
            {
                result.BodyRecognition.Add(new Body { Time = time, Url = Url(number, frame), BodyInfo = MakeInfos(here) });
            }
            else
            {
                result.CarRecognition.Add(new Car { Time = time, Url = Url(number, frame), CarInfo = MakeInfos(here) });
            }
        }

        return new Job
        {
            Code = "Success",
            Message = "",
            JobId = "v" + _random.NextInt64(1L << 60).ToString("x15", CultureInfo.InvariantCulture),
            Tag = "VideoTargetRec",
            State = "Success",
            CreationTime = "2025-11-19T15:23:10+0800",
            StartTime = "2025-11-19T15:23:11+0800",
            EndTime = "2025-11-19T15:24:42+0800",
            QueueId = "p" + _random.NextInt64(1L << 60).ToString("x15", CultureInfo.InvariantCulture),
            Operation = new Operation
            {
                TemplateId = "t" + _random.NextInt64(1L << 60).ToString("x15", CultureInfo.InvariantCulture),
                TemplateName = isChinese ? "目标检测模板" : "detect-targets",
                VideoTargetRecResult = result,
                UserData = isChinese ? "第 12 号摄像头 & 北门" : "camera 12, north gate",
                JobLevel = "0",
            },
            Input = new Input { Region = "ap-chongqing", BucketId = "examplebucket-1250000000", Object = isChinese ? "视频/北门/第一段.mp4" : "videos/north/part-1.mp4" },
        };
    }

    private string Url(int job, int frame)
        => string.Create(CultureInfo.InvariantCulture, $"https://examplebucket-1250000000.cos.ap-chongqing.myqcloud.com/{(isChinese ? "截图&标注/北门" : "frames/north")}/{job}-{frame}.jpg");

    private List<Info> MakeInfos(int count)
    {
        List<Info> infos = [];
        for (int i = 0; i < count; i++)
        {
            infos.Add(new Info
            {
                Name = (isChinese ? s_chinese : s_names)[_random.Next(8)],
                Score = _random.Next(40, 101),
                Location = new Location { X = _random.Next(1920), Y = _random.Next(1080), Height = _random.Next(20, 600), Width = _random.Next(20, 400) },
            });
        }

        return infos;
    }
}
