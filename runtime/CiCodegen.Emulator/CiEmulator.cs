using System.Net;
using CiCodegen.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CiCodegen.Emulator;

/// <summary>The service as a local HTTP server on 127.0.0.1, for tests and offline work. Jobs live in memory, or in a file that outlives it.</summary>
/// <remarks>
/// <para>Signatures are checked and requests validated as the service does; jobs move Submitted, Running, Success on the clock of the
/// options. Nothing is ever detected: results are made from the Tag's schema and a seed, and say that they are synthetic.</para>
/// <para>A job whose <c>Input.Object</c> starts with <see cref="FailurePrefix"/> ends <c>Failed</c>, with Code <see cref="FailureCode"/>.</para>
/// <para>A <c>Host</c> like <c>bucket-1250000000.ci.ap-guangzhou.myqcloud.com</c> chooses bucket and region; buckets need not be made
/// before. With a <c>Host</c> like <c>ci.ap-guangzhou.myqcloud.com</c>, and with this machine's own, the bucket may be the first part of the
/// path instead, as in <c>/bucket-1250000000/jobs</c>; the signature is of the path as it is sent. Security tokens are taken and not looked at.</para>
/// <para>A job that ends is told to its <c>CallBack</c>, or to the address of its queue, as XML or JSON; a message queue gets nothing.
/// A paused queue takes no jobs. Templates, queues and batches live in memory, whatever file jobs are kept in. A job may name templates and queues
/// that the emulator has not: <see cref="CiEmulatorOptions.RequireKnownReferences"/> says otherwise.</para>
/// <para>Results keep what a node's schema says of it: values, interval, step, length, characters, ending, and a pattern where a few tries find a text
/// for it. What depends on other nodes, conditions and rules between nodes, is not heeded in them.</para>
/// </remarks>
public sealed class CiEmulator : IAsyncDisposable
{
    /// <summary>How the key of an input object begins whose job shall fail.</summary>
    public const string FailurePrefix = "emulator/fail/";

    /// <summary>The Code of a job that fails because of <see cref="FailurePrefix"/>.</summary>
    public const string FailureCode = "SyntheticFailure";

    private readonly WebApplication _application;

    private readonly Service _service;

    private readonly JobJournal? _journal;

    private CiEmulator(WebApplication application, Service service, JobJournal? journal, CiEmulatorOptions options, Uri endpoint)
    {
        _application = application;
        _service = service;
        _journal = journal;
        Options = options;
        Endpoint = endpoint;
    }

    /// <summary>Where the emulator listens, as in <c>http://127.0.0.1:8080/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The options that it was started with.</summary>
    public CiEmulatorOptions Options { get; }

    /// <summary>The credentials that it takes.</summary>
    public CiCredentials Credentials => new(Options.SecretId, Options.SecretKey);

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">An option cannot be, a schema has an error or no binding, or the data file cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CiEmulator> StartAsync(CiEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        EmulatedTags tags = EmulatedTags.Load(options, cancellationToken);
        JobJournal? journal = null;
        Service? service = null;
        WebApplication? application = null;
        try
        {
            journal = options.DataFile is null ? null : JobJournal.Open(options.DataFile, tags);
            service = new(options, tags, journal);
            application = Build(options);
            application.Run(service.HandleAsync);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            service.Resume();
            string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            return new(application, service, journal, options, new Uri(address));
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync().ConfigureAwait(false);
            }

            if (service is not null)
            {
                await service.DisposeAsync().ConfigureAwait(false);
            }

            journal?.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server; its jobs are gone, unless they are in a file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        await _service.DisposeAsync().ConfigureAwait(false);
        _journal?.Dispose();
    }

    private static WebApplication Build(CiEmulatorOptions options)
    {
        // The empty builder reads no environment, no files and logs nothing: the emulator is what its options say.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowHostHeaderOverride = true;
            kestrel.Limits.MaxRequestBodySize = null;

            // What is longer than the service takes it refuses itself; beyond this there is no document with the error.
            kestrel.Limits.MaxRequestLineSize = 512 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        });

        return builder.Build();
    }

    /// <summary>The process belongs to the caller: no signal handlers.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
