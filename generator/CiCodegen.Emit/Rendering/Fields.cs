namespace CiCodegen.Emit;

/// <summary>What a template can name: texts, flags, lists, and fields of their own.</summary>
internal sealed class Fields
{
    private readonly List<string> _names = [];
    private readonly List<object> _values = [];

    /// <summary>The names, in the order in which they were set.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>A field; null when there is none of the name.</summary>
    /// <param name="name">The name.</param>
    public object? this[string name]
    {
        get
        {
            // A dozen at most.
            for (int i = 0; i < _names.Count; i++)
            {
                if (_names[i] == name)
                {
                    return _values[i];
                }
            }

            return null;
        }
        set
        {
            _names.Add(name);
            _values.Add(value!);
        }
    }
}
