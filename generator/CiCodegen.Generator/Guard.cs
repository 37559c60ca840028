using CiCodegen.Schema;

namespace CiCodegen.Generator;

/// <summary>A step's result, or the failure inside it.</summary>
internal sealed record Guarded<T>(T? Value, SchemaProblem? Failure)
    where T : class, IEquatable<T>
{
    /// <summary>The problems of the result together with the failure.</summary>
    public EquatableArray<SchemaProblem> Problems(EquatableArray<SchemaProblem> own) => Failure is null ? own : EquatableArray.Of(Failure);
}

/// <summary>The one place where the generator catches: a failure of ours is an error with a name, never a silent warning.</summary>
internal static class Guard
{
    public static Guarded<T> Run<T>(string subject, CancellationToken cancellationToken, Func<T> step)
        where T : class, IEquatable<T>
    {
        try
        {
            return new Guarded<T>(step(), null);
        }
        catch (Exception e)
        {
            // Libraries report cancellation in their own ways.
            cancellationToken.ThrowIfCancellationRequested();
            return new Guarded<T>(null, new SchemaProblem(ProblemDescriptors.InternalFailure.Id, "", default, EquatableArray.Of(subject, $"{e.GetType().Name}: {e.Message}")));
        }
    }
}
