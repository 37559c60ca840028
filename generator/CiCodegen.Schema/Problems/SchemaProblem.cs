using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>A finding about a schema file, before a host makes a diagnostic or a line of it.</summary>
/// <remarks>Pipeline value: compared by value, holds no Roslyn type.</remarks>
/// <param name="Id">The id of its <see cref="ProblemDescriptor"/>.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">The place.</param>
/// <param name="Arguments">What stands in the message's places.</param>
public sealed record SchemaProblem(string Id, string Path, SourceSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>A problem of the project; it has no file.</summary>
    /// <param name="descriptor">Its row.</param>
    /// <param name="arguments">What stands in the message's places.</param>
    public static SchemaProblem OfProject(ProblemDescriptor descriptor, params string[] arguments)
        => new(descriptor.Id, "", default, arguments.ToEquatableArray());

    /// <summary>The row it belongs to.</summary>
    public ProblemDescriptor Descriptor => ProblemDescriptors.Get(Id);

    /// <summary>The message.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Descriptor.Format, [.. Arguments]);

    /// <summary>The problem as MSBuild, editors and CI link it: <c>path(line,col): error CICG1005: …</c>.</summary>
    public override string ToString()
    {
        string severity = Descriptor.Severity switch
        {
            ProblemSeverity.Error => "error",
            ProblemSeverity.Warning => "warning",
            _ => "info",
        };
        return string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): {3} {4}: {5}", Path, Span.Line, Span.Column, severity, Id, Message);
    }
}

/// <summary>Collects the problems of one file.</summary>
internal sealed class ProblemList(string path)
{
    private readonly List<SchemaProblem> _items = [];

    public string Path => path;

    public bool Has(IEnumerable<ProblemDescriptor> descriptors) => _items.Exists(p => descriptors.Contains(p.Descriptor));

    public bool HasErrors => _items.Exists(p => p.Descriptor.Severity == ProblemSeverity.Error);

    public void Add(ProblemDescriptor descriptor, SourceSpan span, params string[] arguments)
        => _items.Add(new SchemaProblem(descriptor.Id, path, span, arguments.ToEquatableArray()));

    public void AddIn(string otherPath, ProblemDescriptor descriptor, SourceSpan span, params string[] arguments)
        => _items.Add(new SchemaProblem(descriptor.Id, otherPath, span, arguments.ToEquatableArray()));

    public void AddRange(IEnumerable<SchemaProblem> problems) => _items.AddRange(problems);

    public EquatableArray<SchemaProblem> ToArray()
        => _items.OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Span.Start).ThenBy(p => p.Id, StringComparer.Ordinal).Distinct().ToEquatableArray();
}
