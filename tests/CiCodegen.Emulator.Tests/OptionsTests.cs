namespace CiCodegen.Emulator.Tests;

public sealed class OptionsTests
{
    public static TheoryData<string, CiEmulatorOptions> Wrong => new()
    {
        { "Port", new() { Port = 65536 } },
        { "SecretId", new() { SecretId = "" } },
        { "SecretKey", new() { SecretKey = "" } },
        { "Speed", new() { Speed = 0 } },
        { "Speed", new() { Speed = double.NaN } },
        { "QueueTime", new() { QueueTime = TimeSpan.FromSeconds(-1) } },
        { "RunTime", new() { RunTime = TimeSpan.FromSeconds(-1) } },
        { "ListDelay", new() { ListDelay = TimeSpan.FromSeconds(-1) } },
        { "MaxRequestLength", new() { MaxRequestLength = 0 } },
        { "DefaultBucket", new() { DefaultBucket = "nobody" } },
        { "DefaultRegion", new() { DefaultRegion = "" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_option_that_cannot_be_is_named(string name, CiEmulatorOptions options)
        => Assert.Contains($"'{name}'", (await Assert.ThrowsAsync<ArgumentException>(() => CiEmulator.StartAsync(options))).Message, StringComparison.Ordinal);
}
