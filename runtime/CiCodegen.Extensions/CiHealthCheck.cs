using CiCodegen.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CiCodegen.Extensions
{
    /// <summary>Asks the service for one page with one job: credentials, clock, network and service are well when it answers.</summary>
    internal sealed class CiHealthCheck(CiClient client, CiTag tag) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await foreach (CiRawResult page in client.ListRawAsync(tag, new CiListQuery { PageSize = 1 }, cancellationToken))
                {
                    return HealthCheckResult.Healthy(data: Data(page.HttpStatus, page.RequestId));
                }

                return HealthCheckResult.Healthy();
            }
            catch (CiServiceException e) when (e.IsThrottled)
            {
                return HealthCheckResult.Degraded("The service says that it is asked too much.", data: Data(e.HttpStatus, e.RequestId));
            }
            catch (CiException e)
            {
                // The exception's own text has no secret in it; whoever shows the report may show it.
                return new HealthCheckResult(context.Registration.FailureStatus, e.Message, data: Data(e.HttpStatus, e.RequestId));
            }
        }

        private static Dictionary<string, object> Data(int? status, string? requestId)
        {
            Dictionary<string, object> data = [];
            if (status is { } code)
            {
                data["httpStatus"] = code;
            }

            if (requestId is not null)
            {
                data["requestId"] = requestId;
            }

            return data;
        }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    using CiCodegen.Extensions;

    /// <summary>Adds health checks of the service.</summary>
    public static class CiHealthChecksBuilderExtensions
    {
        /// <summary>Adds a check that asks the service for one page of jobs, through the client of that name.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="tag">The Tag whose jobs are asked for.</param>
        /// <param name="clientName">The client's name; null for the one without.</param>
        /// <param name="name">The check's name; null for <c>ci</c> and the client's name.</param>
        /// <param name="failureStatus">What a failure counts as; null for unhealthy.</param>
        /// <param name="tags">Tags of the check, in the sense of health checks.</param>
        /// <param name="timeout">How long it may take; null for 10 seconds.</param>
        /// <returns>The builder.</returns>
        public static IHealthChecksBuilder AddCiService(
            this IHealthChecksBuilder builder, CiTag tag, string? clientName = null, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(tag);
            return builder.Add(new HealthCheckRegistration(
                name ?? (clientName is null ? "ci" : $"ci:{clientName}"),
                provider => new CiHealthCheck(clientName is null ? provider.GetRequiredService<CiClient>() : provider.GetRequiredKeyedService<CiClient>(clientName), tag),
                failureStatus,
                tags,
                timeout ?? TimeSpan.FromSeconds(10)));
        }
    }
}
