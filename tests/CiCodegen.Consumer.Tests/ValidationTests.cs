using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

public sealed class ValidationTests
{
    private static VideoTargetRecRequest Valid() => new() { Input = new() { Object = "a.mp4" }, Operation = new() { TemplateId = "t1" } };

    [Fact]
    public void ValidRequest_HasNoViolation() => Assert.Empty(Valid().Validate().Violations);

    [Fact]
    public void ValidRequest_CostsNothing()
    {
        VideoTargetRecRequest request = Valid();
        request.Operation!.UserData = "x";
        request.Operation.VideoTargetRec = new() { Face = true, SnapshotFreq = 1.5m };

        // The first runs fill the pool and let the JIT settle.
        for (int i = 0; i < 50; i++)
        {
            Assert.True(request.Validate().IsValid);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            _ = request.Validate().IsValid;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void FaceAlone_IsEnough()
    {
        VideoTargetRecRequest request = Valid();
        request.Operation = new() { VideoTargetRec = new() { Face = true } };
        Assert.Empty(request.Validate().Violations);
    }

    [Fact]
    public void EachRuleOfThePage_IsOneViolation()
    {
        Check("Request.Operation", "atLeastOne", r => r.Operation = new());
        Check("Request.Operation", "atLeastOne", r => r.Operation!.TemplateId = "");
        Check("Request.Operation.JobLevel", "enum", r => r.Operation!.JobLevel = "3");
        Check("Request.Operation.UserData", "maxLength", r => r.Operation!.UserData = new string('x', 1025));
        Check("Request.Operation.UserData", "charset", r => r.Operation!.UserData = "中");
        Check("Request.Operation.UserData", "charset", r => r.Operation!.UserData = "a\tb");
        Check("Request.CallBackMqConfig", "requiredWhen", r => r.CallBackType = CallBackType.TDMQ);
        Check("Request.CallBackMqConfig.MqRegion", "enum", r => r.CallBackMqConfig = new() { MqRegion = "xx", MqMode = MqMode.Queue, MqName = "n" });
        Check("Request.CallBackFormat", "enum", r => r.CallBackFormat = "YAML");
        Check("Request.Tag", "const", r => r.Tag = "Transcode");
        Check("Request.Tag", "required", r => r.Tag = null);
        Check("Request.Input", "required", r => r.Input = null);
        Check("Request.Operation", "required", r => r.Operation = null);
        Check("Request.Operation.VideoTargetRec", "notAllFalse", r => r.Operation!.VideoTargetRec = new() { Body = false });
        Check("Request.Operation.VideoTargetRec.SnapshotFreq", "range", r => r.Operation!.VideoTargetRec = new() { Car = true, SnapshotFreq = 30.1m });
        Check("Request.Operation.VideoTargetRec.ProcessType", "enum", r => r.Operation!.VideoTargetRec = new() { Plate = true, ProcessType = "Blur" });
    }

    [Fact]
    public void AllViolations_ComeAtOnceAndSayWhatIsAllowed()
    {
        CiValidationResult result = new VideoTargetRecRequest
        {
            Operation = new() { JobLevel = "3", UserData = new string('é', 1025) },
            CallBackType = CallBackType.TDMQ,
        }.Validate();
        Assert.Equal(["atLeastOne", "charset", "enum", "maxLength", "required", "requiredWhen"], result.Violations.Select(v => v.Rule).Order(StringComparer.Ordinal));
        Assert.Contains("0, 1, 2", result.Violations.Single(v => v.Path == "Request.Operation.JobLevel").Message, StringComparison.Ordinal);
        CiValidationException e = Assert.Throws<CiValidationException>(result.ThrowIfInvalid);
        Assert.Equal(6, e.Violations.Count);
    }

    [Fact]
    public void BoundaryValues_Pass()
    {
        VideoTargetRecRequest request = Valid();
        request.Operation!.UserData = new string('~', 1024);
        request.Operation.JobLevel = JobLevel.Level2;
        request.Operation.VideoTargetRec = new() { Pet = true, SnapshotFreq = 30m };
        request.CallBackType = CallBackType.TDMQ;
        request.CallBackMqConfig = new() { MqRegion = MqRegion.Shanghai, MqMode = MqMode.Topic, MqName = "n" };
        Assert.Empty(request.Validate().Violations);
    }

    private static void Check(string path, string rule, Action<VideoTargetRecRequest> change)
    {
        VideoTargetRecRequest request = Valid();
        change(request);
        CiViolation violation = Assert.Single(request.Validate().Violations);
        Assert.Equal((path, rule), (violation.Path, violation.Rule));
    }
}
