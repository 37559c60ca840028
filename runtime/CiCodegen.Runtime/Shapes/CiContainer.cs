namespace CiCodegen.Runtime;

/// <summary>What the class of every container has: what its schema does not know.</summary>
public abstract class CiContainer
{
    private List<CiExtra>? _extras;

    /// <summary>Elements that the schema does not know, where <see cref="CiReaderOptions.Extras"/> asked for them; written along with the others.</summary>
    public List<CiExtra> Extras { get => _extras ??= []; set => _extras = value; }

    /// <summary>The same, without making a list.</summary>
    internal List<CiExtra>? ExtrasOrNull => _extras;
}
