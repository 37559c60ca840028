using CiCodegen.Extensions;
using CiCodegen.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds clients to a host's services.</summary>
public static class CiClientServiceCollectionExtensions
{
    /// <summary>Adds <see cref="CiClient"/>, one for the whole process. Its options are checked when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of its <see cref="HttpClient"/>: for proxies, certificates, further handlers.</returns>
    /// <remarks>It signs with the <see cref="ICiCredentialProvider"/> among the services; where there is none, with <see cref="ChainedCredentialProvider.CreateDefault"/>.</remarks>
    public static IHttpClientBuilder AddCiClient(this IServiceCollection services, Action<CiClientOptions> configure)
        => Add(services, Options.Options.DefaultName, builder => builder.Configure(configure));

    /// <summary>Adds <see cref="CiClient"/> with the options of a configuration section.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section: see <see cref="CiClientSettings"/>.</param>
    /// <returns>The builder of its <see cref="HttpClient"/>.</returns>
    public static IHttpClientBuilder AddCiClient(this IServiceCollection services, IConfiguration section)
        => Add(services, Options.Options.DefaultName, builder => Bind(builder, section));

    /// <summary>Adds a client under a name, as for a second bucket: a keyed service, <c>[FromKeyedServices("name")] CiClient</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name. A keyed <see cref="ICiCredentialProvider"/> of the same name is its own.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of its <see cref="HttpClient"/>.</returns>
    public static IHttpClientBuilder AddCiClient(this IServiceCollection services, string name, Action<CiClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(services, name, builder => builder.Configure(configure));
    }

    /// <summary>Adds a client under a name with the options of a configuration section.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="section">The section: see <see cref="CiClientSettings"/>.</param>
    /// <returns>The builder of its <see cref="HttpClient"/>.</returns>
    public static IHttpClientBuilder AddCiClient(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(services, name, builder => Bind(builder, section));
    }

    private static void Bind(OptionsBuilder<CiClientOptions> builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        builder.Configure(options =>
        {
            CiClientSettings settings = new();
            section.Bind(settings);
            settings.Apply(options);
        });
    }

    private static IHttpClientBuilder Add(IServiceCollection services, string name, Action<OptionsBuilder<CiClientOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<CiClientOptions> options = services.AddOptions<CiClientOptions>(name);
        configure(options);
        IHttpClientBuilder http = services.AddHttpClient(HttpName(name));
        if (!services.Any(service => service.IsKeyedService && service.ServiceType == typeof(Added) && Equals(service.ServiceKey, name)))
        {
            services.AddKeyedSingleton<Added>(name);

            // Behind whatever else sets them, as a later Configure: what it sets is kept and told beside the log.
            options.PostConfigure<IServiceProvider>(TakeSurroundings).ValidateOnStart();

            // The client holds its handler for life; the handler renews its connections by itself.
            // Once only: by the second call the caller may have put another handler in its place.
            http.ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(static () => CiClient.CreateHandler())
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .RedactLoggedHeaders(static header => CiHeaders.Secret.Contains(header));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CiClientOptions>, CiClientOptionsCheck>());
        if (name.Length == 0)
        {
            services.TryAddSingleton(static provider => Make(provider, Options.Options.DefaultName));
        }
        else
        {
            services.TryAddKeyedSingleton(name, static (provider, key) => Make(provider, (string)key!));
        }

        return http;
    }

    private static void TakeSurroundings(CiClientOptions options, IServiceProvider provider)
    {
        if (provider.GetService<TimeProvider>() is { } time && options.TimeProvider == TimeProvider.System)
        {
            options.TimeProvider = time;
        }

        ILogger logger = QuietLogger.Of(provider.GetService<ILoggerFactory>());
        Action<CiClientEvent>? own = options.Events;
        options.Events = happened =>
        {
            CiClientLog.Write(logger, happened);
            own?.Invoke(happened);
        };
    }

    private static CiClient Make(IServiceProvider provider, string name)
    {
        CiClientOptions options = provider.GetRequiredService<IOptionsMonitor<CiClientOptions>>().Get(name);
        ICiCredentialProvider credentials = (name.Length > 0 ? provider.GetKeyedService<ICiCredentialProvider>(name) : null)
            ?? provider.GetService<ICiCredentialProvider>()
            ?? ChainedCredentialProvider.CreateDefault();
        return new(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpName(name)), options, credentials);
    }

    private static string HttpName(string name) => name.Length == 0 ? nameof(CiClient) : $"{nameof(CiClient)}:{name}";

    /// <summary>Says that a client of a name is there already: a second call changes its options and adds nothing.</summary>
    private sealed class Added;
}
