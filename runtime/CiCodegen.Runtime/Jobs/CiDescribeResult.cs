namespace CiCodegen.Runtime;

/// <summary>The answer to a question for several jobs.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
/// <param name="Jobs">The jobs that exist, in the service's order.</param>
/// <param name="NonExistJobIds">The ids that the service does not know.</param>
/// <param name="RequestId">The id by which the service knows the request, or null.</param>
public sealed record CiDescribeResult<TJob>(IReadOnlyList<TJob> Jobs, IReadOnlyList<string> NonExistJobIds, string? RequestId)
    where TJob : CiJob, ICiJob<TJob>;
