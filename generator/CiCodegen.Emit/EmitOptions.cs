using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>What a host decides about the emitted code.</summary>
/// <remarks>Pipeline value: compared by value.</remarks>
/// <param name="Namespace">The namespace of everything that is emitted.</param>
public sealed record EmitOptions(string Namespace)
{
    /// <summary>Whether emitted types are seen within their assembly only.</summary>
    public bool IsInternal { get; init; }

    /// <summary>What is emitted.</summary>
    public EmitParts Parts { get; init; } = EmitParts.All;

    /// <summary>Whether a part is emitted.</summary>
    /// <param name="part">The part.</param>
    public bool Has(EmitParts part) => (Parts & part) == part;

    /// <summary>Whether a text can be a namespace.</summary>
    /// <param name="text">The text.</param>
    public static bool IsNamespace(string text) => text.Split('.').All(p => Names.IsIdentifier(p) || (p.Length > 0 && p[0] == '_' && Names.IsIdentifier("a" + p)));
}

/// <summary>One emitted file.</summary>
/// <remarks>Pipeline value: compared by value.</remarks>
/// <param name="HintName">Its name, as in <c>VideoTargetRec.Models.g.cs</c>: short, ASCII, unique in a compilation.</param>
/// <param name="Text">Its text, with <c>\n</c> as line end.</param>
public sealed record EmittedFile(string HintName, string Text);
