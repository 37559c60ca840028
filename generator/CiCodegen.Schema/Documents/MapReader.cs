using System.Globalization;
using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Takes a mapping apart key by key; what nobody asked for is an unknown key.</summary>
internal sealed class MapReader
{
    private readonly YamlMap _map;
    private readonly string _what;
    private readonly ProblemList _problems;
    private readonly List<string> _asked = [];
    private IEnumerable<string> _known = [];
    private readonly bool[] _met;

    public MapReader(YamlMap map, string what, ProblemList problems)
    {
        _map = map;
        _what = what;
        _problems = problems;
        _met = new bool[map.Entries.Count];
    }

    public SourceSpan Span => _map.Span;

    /// <summary>The value of a key, whatever its kind.</summary>
    public (YamlScalar Key, YamlNode Value)? Find(string key)
    {
        _asked.Add(key);
        for (int i = 0; i < _met.Length; i++)
        {
            KeyValuePair<YamlScalar, YamlNode> entry = _map.Entries[i];
            if (entry.Key.Text == key)
            {
                _met[i] = true;
                return (entry.Key, entry.Value);
            }
        }

        return null;
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _met.Length;

    /// <summary>Takes an entry if its key is among some: for keys of which most are not there. Asked before any other.</summary>
    /// <param name="index">Which entry.</param>
    /// <param name="places">The keys with their places.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>The key's place, or -1.</returns>
    public int Take(int index, Dictionary<string, int> places, out YamlScalar key, out YamlNode value)
    {
        _known = places.Keys;
        key = _map.Entries[index].Key;
        value = _map.Entries[index].Value;
        if (!places.TryGetValue(key.Text, out int place))
        {
            return -1;
        }

        _met[index] = true;
        return place;
    }

    /// <summary>The text of a key; null when it is absent or of another kind.</summary>
    public Located<string>? Text(string key)
        => Find(key) is not { } found ? null : TextOf(found.Value, key, _problems);

    /// <summary>The text of a key that must be there.</summary>
    public Located<string>? RequiredText(string key, string why = "")
    {
        if (Find(key) is not { } found)
        {
            _problems.Add(ProblemDescriptors.MissingKey, _map.Span, _what, key, why);
            return null;
        }

        return TextOf(found.Value, key, _problems);
    }

    /// <summary>One of some words.</summary>
    public Located<string>? Word(string key, IEnumerable<string> words)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        CheckWord(key, text, words, _problems);
        return text;
    }

    /// <summary>A list of texts; a lone text counts as a list of one.</summary>
    public EquatableArray<Located<string>> Texts(string key)
        => Find(key) is not { } found ? default : TextsOf(found.Value, key, _problems);

    /// <summary>A mapping of its own.</summary>
    public MapReader? Map(string key, string what)
        => Find(key) is not { } found ? null : AsMap(found.Value, key, what, _problems);

    /// <summary>Reports each key that nobody asked for.</summary>
    public void Finish()
    {
        for (int i = 0; i < _met.Length; i++)
        {
            if (!_met[i])
            {
                KeyValuePair<YamlScalar, YamlNode> entry = _map.Entries[i];
                string[] keys = [.. _known, .. _asked];
                _problems.Add(
                    ProblemDescriptors.UnknownKey, entry.Key.Span, entry.Key.Text, Capital(_what), string.Join(", ", keys), Suggestion.Sentence(entry.Key.Text, keys));
            }
        }
    }

    public static MapReader? AsMap(YamlNode node, string key, string what, ProblemList problems)
    {
        if (node is YamlMap map)
        {
            return new MapReader(map, what, problems);
        }

        problems.Add(ProblemDescriptors.WrongKind, node.Span, key, "a mapping", YamlReader.Kind(node));
        return null;
    }

    public static Located<string>? TextOf(YamlNode node, string key, ProblemList problems)
    {
        if (node is YamlScalar scalar && (scalar.IsQuoted || scalar.Text.Length > 0))
        {
            return new Located<string>(scalar.Text, scalar.Span);
        }

        problems.Add(ProblemDescriptors.WrongKind, node.Span, key, "a text", YamlReader.Kind(node));
        return null;
    }

    public static EquatableArray<Located<string>> TextsOf(YamlNode node, string key, ProblemList problems)
    {
        if (node is YamlScalar)
        {
            return TextOf(node, key, problems) is { } one ? EquatableArray.Of(one) : default;
        }

        if (node is not YamlSequence sequence)
        {
            problems.Add(ProblemDescriptors.WrongKind, node.Span, key, "a list", YamlReader.Kind(node));
            return default;
        }

        List<Located<string>> texts = [];
        foreach (YamlNode item in sequence.Items)
        {
            if (TextOf(item, key, problems) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.ToEquatableArray();
    }

    public static void CheckWord(string key, Located<string> text, IEnumerable<string> words, ProblemList problems)
    {
        if (!words.Contains(text.Value))
        {
            problems.Add(ProblemDescriptors.UnknownWord, text.Span, key, text.Value, string.Join(", ", words), Suggestion.Sentence(text.Value, words));
        }
    }

    public static void CheckNumber(string key, Located<string> text, ProblemList problems)
    {
        if (!int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            problems.Add(ProblemDescriptors.BadNumber, text.Span, key, text.Value, $"a whole number from 0 to {int.MaxValue}");
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
