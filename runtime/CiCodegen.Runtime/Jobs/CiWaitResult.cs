namespace CiCodegen.Runtime;

/// <summary>How waiting for one of many jobs ended.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
/// <param name="JobId">The job's id.</param>
/// <param name="Job">The job in its last state, which may be <c>Failed</c>; null when there is an error.</param>
/// <param name="Error">Why the waiting ended without the job: it does not exist, cannot be read, did not end in time, or cannot be asked for.</param>
public sealed record CiWaitResult<TJob>(string JobId, TJob? Job, CiException? Error)
    where TJob : CiJob, ICiJob<TJob>;

/// <summary>How far waiting for many jobs is.</summary>
/// <param name="Total">How many jobs are waited for.</param>
/// <param name="Ended">How many have ended, one way or the other.</param>
/// <param name="Running">How many of the others run.</param>
public sealed record CiWaitProgress(int Total, int Ended, int Running);
