using System.Text;

namespace CiCodegen.Runtime;

/// <summary>One rule that a value breaks.</summary>
/// <param name="Path">The node, from the root: <c>Request.Operation.JobLevel</c>; a repeated node has its 0-based index.</param>
/// <param name="Rule">The rule's name as the schema language has it: <c>required</c>, <c>enum</c>, <c>maxLength</c>, <c>atLeastOne</c>, …</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record CiViolation(string Path, string Rule, string Message);

/// <summary>Everything that a value's rules say against it.</summary>
/// <remarks>A value without violations costs no allocation.</remarks>
public readonly struct CiValidationResult
{
    private readonly List<CiViolation>? _violations;

    internal CiValidationResult(List<CiViolation>? violations) => _violations = violations;

    /// <summary>Whether no rule is broken.</summary>
    public bool IsValid => _violations is null;

    /// <summary>The violations, in schema order; empty when valid.</summary>
    public IReadOnlyList<CiViolation> Violations => _violations ?? (IReadOnlyList<CiViolation>)[];

    /// <summary>The violations of both.</summary>
    /// <param name="other">What else was checked.</param>
    public CiValidationResult And(CiValidationResult other)
        => _violations is null ? other : other._violations is null ? this : new([.. _violations, .. other._violations]);

    /// <summary>Throws when a rule is broken.</summary>
    /// <exception cref="CiValidationException">At least one rule is broken.</exception>
    public void ThrowIfInvalid()
    {
        if (_violations is not null)
        {
            throw new CiValidationException(_violations);
        }
    }
}

/// <summary>A request that breaks rules of its schema; it was not sent.</summary>
public sealed class CiValidationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="violations">At least one violation.</param>
    public CiValidationException(IReadOnlyList<CiViolation> violations)
        : base(Describe(violations)) => Violations = violations;

    /// <summary>Every violation, in schema order.</summary>
    public IReadOnlyList<CiViolation> Violations { get; }

    private static string Describe(IReadOnlyList<CiViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        StringBuilder text = new("The request breaks its schema:");
        foreach (CiViolation violation in violations)
        {
            text.Append("\n  ").Append(violation.Path).Append(": ").Append(violation.Message).Append(" (").Append(violation.Rule).Append(')');
        }

        return text.ToString();
    }
}
