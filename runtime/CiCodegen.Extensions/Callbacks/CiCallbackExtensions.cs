using CiCodegen.Extensions;
using CiCodegen.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Receives the service's callbacks in ASP.NET Core.</summary>
public static class CiCallbackExtensions
{
    /// <summary>Adds what receives and handles callbacks. The options are checked when the host starts.</summary>
    /// <param name="services">The services. An <see cref="ICiCallbackStore"/> among them keeps the callbacks, one in memory otherwise; <see cref="CiJobSignals"/> among them is told of each.</param>
    /// <param name="configure">Sets secrets, Tags and handlers.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCiCallbacks(this IServiceCollection services, Action<CiCallbackOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<CiCallbackOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CiCallbackOptions>, Check>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CiJobSignals>();
        services.TryAddSingleton<ICiCallbackStore>(static provider => new MemoryCiCallbackStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CallbackReceiver>();
        if (!services.Any(static service => service.ServiceType == typeof(CallbackQueue)))
        {
            services.AddSingleton<CallbackQueue>();
            services.AddHostedService(static provider => provider.GetRequiredService<CallbackQueue>());
        }

        return services;
    }

    /// <summary>Receives callbacks at a path: POST, XML or JSON. The answer comes at once; handlers run after it.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The path, as in <c>/ci/callbacks</c>; the address that the service is given ends with <c>?secret=…</c>.</param>
    /// <returns>The endpoint, for conventions of one's own.</returns>
    /// <exception cref="InvalidOperationException"><see cref="AddCiCallbacks"/> is missing.</exception>
    public static IEndpointConventionBuilder MapCiCallbacks(this IEndpointRouteBuilder endpoints, string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        CallbackReceiver receiver = endpoints.ServiceProvider.GetService<CallbackReceiver>()
            ?? throw new InvalidOperationException($"Call services.{nameof(AddCiCallbacks)}(…) before {nameof(MapCiCallbacks)}.");
        RequestDelegate receive = receiver.ReceiveAsync;
        return endpoints.MapPost(pattern, receive);
    }

    private sealed class Check : IValidateOptions<CiCallbackOptions>
    {
        public ValidateOptionsResult Validate(string? name, CiCallbackOptions options)
            => options.Check() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
