using CiCodegen.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace CiCodegen.Emulator.Tests;

/// <summary>An emulator and the client that users have.</summary>
internal sealed class VerbFixture : IAsyncDisposable
{
    private readonly HttpClient _http = new(CiClient.CreateHandler());

    private VerbFixture(CiEmulator emulator, FakeTimeProvider clock)
    {
        (Emulator, Clock) = (emulator, clock);
        Client = new(
            _http,
            new() { Bucket = "photos-1250000001", Region = "ap-beijing", Endpoint = emulator.Endpoint, TimeProvider = clock, MaxTries = 1 },
            new StaticCredentialProvider(emulator.Credentials));
    }

    public CiEmulator Emulator { get; }

    public FakeTimeProvider Clock { get; }

    public CiClient Client { get; }

    public static async Task<VerbFixture> StartAsync()
    {
        FakeTimeProvider clock = new(EmulatorFixture.Start);
        return new(await CiEmulator.StartAsync(new() { TimeProvider = clock }), clock);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}
