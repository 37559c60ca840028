namespace CiCodegen.Import;

/// <summary>The value of a fact: a text, a list, or what holds under conditions.</summary>
/// <param name="Text">The text; null for the others.</param>
/// <param name="List">The list.</param>
/// <param name="Cases">What holds under conditions.</param>
/// <param name="Named">The list with a name for each value, where C# needs them.</param>
internal sealed record FactValue(string? Text, IReadOnlyList<string>? List = null, IReadOnlyList<FactCase>? Cases = null, IReadOnlyList<(string Value, string Name)>? Named = null);

/// <summary>What holds under a condition.</summary>
/// <param name="When">The condition.</param>
/// <param name="Key">The key of the value: <c>enum</c>, <c>value</c>, <c>range</c> or <c>maxLength</c>.</param>
/// <param name="Value">The value.</param>
internal sealed record FactCase(string When, string Key, FactValue Value);

/// <summary>The facts of a node, each once: what is said first stands.</summary>
internal sealed class FactSet
{
    private readonly Dictionary<string, FactValue> _facts = new(StringComparer.Ordinal);

    public bool Has(string key) => _facts.ContainsKey(key);

    public FactValue? this[string key] => _facts.GetValueOrDefault(key);

    public string? Text(string key) => _facts.GetValueOrDefault(key)?.Text;

    public void Set(string key, string text) => _facts.TryAdd(key, new FactValue(text));

    public void Set(string key, IReadOnlyList<string> list) => _facts.TryAdd(key, new FactValue(null, list));

    public void Replace(string key, FactValue value) => _facts[key] = value;

    public void AddCase(string key, FactCase added)
    {
        IReadOnlyList<FactCase> cases = _facts.TryGetValue(key, out FactValue? value) ? value.Cases ?? [] : [];
        _facts[key] = new FactValue(null, Cases: [.. cases, added]);
    }

    public void Remove(string key) => _facts.Remove(key);

    public IEnumerable<KeyValuePair<string, FactValue>> All => _facts;
}
