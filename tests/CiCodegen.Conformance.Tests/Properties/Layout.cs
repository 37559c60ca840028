using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Schema;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Where a node stands in a document that was laid out.</summary>
/// <param name="Path">Its path, with an index behind each name that repeats.</param>
/// <param name="Node">The node.</param>
/// <param name="Start">The index of its start tag.</param>
/// <param name="Inside">The index behind its start tag; that of the start tag where the element is empty and has no inside.</param>
/// <param name="End">The index behind its end tag.</param>
/// <param name="Name">Its own name.</param>
internal sealed record Placed(string Path, NodeModel Node, int Start, int Inside, int End, string Name);

/// <summary>Writes a value as XML in one of the many ways that all mean the same: any order of siblings, unknown elements, comments, CDATA, references, prefixes.</summary>
/// <remarks>Written apart from the runtime's writers, so that a mistake in those is not made twice.</remarks>
internal sealed class Layout
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<Placed> _placed = [];
    private readonly string _prefix;
    private readonly string _namespace;

    private Layout(int seed)
    {
        _random = new Random(seed);
        (_prefix, _namespace) = _random.Next(5) switch
        {
            0 => ("", " xmlns='urn:x'"),
            1 => ("p:", " xmlns:p=\"urn:x\" xmlns='urn:y'"),
            _ => ("", ""),
        };
    }

    /// <summary>Lays a value out.</summary>
    /// <returns>The document, and where each node stands.</returns>
    public static (string Document, IReadOnlyList<Placed> Placed) Of(NodeModel root, JsonObject value, int seed)
    {
        Layout layout = new(seed);
        layout.Prolog();
        layout.Container(root, root.Name, value, root.Name, layout._namespace);
        layout._text.Append(layout.Pick("", "\n", "<!-- end -->", "<?end?>\n"));
        return (layout._text.ToString(), layout._placed);
    }

    private void Prolog()
    {
        _text.Append(Pick("", "", "\uFEFF", "<?xml version='1.0'?>", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='yes' ?>\r\n"));
        _text.Append(Pick("", "\n", "<!-- <a/> -->", "<?p?>\r\n"));
    }

    private void Container(NodeModel node, string name, JsonObject value, string path, string extra)
    {
        int start = Open(name, extra);
        if (value.Count == 0 && _random.Next(2) == 0)
        {
            _text.Append("/>");
            _placed.Add(new Placed(path, node, start, start, _text.Length, name));
            return;
        }

        _text.Append('>');
        int inside = _text.Length;

        // Siblings of one name keep their order; between names any order will do.
        List<Queue<Action>> left = [];
        foreach ((string key, JsonNode? member) in value)
        {
            NodeModel child = node.Named(key)!;
            Queue<Action> siblings = new();
            if (child.IsMany)
            {
                for (int i = 0; i < member!.AsArray().Count; i++)
                {
                    JsonNode item = member[i]!;
                    string itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}.{key}[{i}]");
                    siblings.Enqueue(() => Node(child, key, item, itemPath));
                }
            }
            else
            {
                siblings.Enqueue(() => Node(child, key, member!, $"{path}.{key}"));
            }

            left.Add(siblings);
        }

        Absent(node, value, left);
        while (left.Count > 0)
        {
            Noise(node);
            int next = _random.Next(left.Count);
            left[next].Dequeue()();
            if (left[next].Count == 0)
            {
                left.RemoveAt(next);
            }
        }

        Noise(node);
        Close(name);
        _placed.Add(new Placed(path, node, start, inside, _text.Length, name));
    }

    /// <summary>What is not there may also be there and say nothing: an empty or dashed element where no text is due.</summary>
    private void Absent(NodeModel node, JsonObject value, List<Queue<Action>> left)
    {
        foreach (NodeModel child in node.Children.Where(c => !c.IsMany && !c.IsMap && c.Type is not (LogicalType.String or LogicalType.Container) && !value.ContainsKey(c.Name)))
        {
            if (_random.Next(4) == 0)
            {
                left.Add(new Queue<Action>([() => _text.Append(CultureInfo.InvariantCulture, $"<{_prefix}{child.Name}>{Pick("", " ", "-", "\n- ", "<!--x-->", "<![CDATA[]]>")}</{_prefix}{child.Name}>")]));
            }
        }
    }

    private void Node(NodeModel node, string name, JsonNode value, string path)
    {
        if (node.Type == LogicalType.Container)
        {
            Container(node, name, value.AsObject(), path, "");
            return;
        }

        int start = Open(name, "");
        string text = Text(node, value);
        if (text.Length == 0 && _random.Next(2) == 0)
        {
            _text.Append("/>");
            _placed.Add(new Placed(path, node, start, start, _text.Length, name));
            return;
        }

        _text.Append('>');
        int inside = _text.Length;
        if (node.Type != LogicalType.String)
        {
            _text.Append(Pick("", "", " ", "\n\t", "&#32;"));
        }

        Characters(text);
        if (node.Type != LogicalType.String)
        {
            _text.Append(Pick("", "", " ", "\r\n", "<!-- -->"));
        }

        Close(name);
        _placed.Add(new Placed(path, node, start, inside, _text.Length, name));
    }

    private static string Text(NodeModel node, JsonNode value)
    {
        string text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

        // The service writes offsets without a colon.
        return node.Type == LogicalType.Time ? text[..^3] + text[^2..] : text;
    }

    private int Open(string name, string extra)
    {
        int start = _text.Length;
        _text.Append('<').Append(_prefix).Append(name).Append(extra).Append(Pick("", "", "", " ", "\n", " a='1'", " a=\"&lt;>\" b='2' ", " xml:lang='en'"));
        return start;
    }

    private void Close(string name) => _text.Append("</").Append(_prefix).Append(name).Append(Pick("", "", " ", "\n")).Append('>');

    /// <summary>What may stand between elements and means nothing.</summary>
    private void Noise(NodeModel container)
    {
        // Where any name has a meaning, only another namespace is unheard of.
        string unheard = container.Named("Unheard") is null ? $"<{_prefix}Unheard" : "<z:Unheard xmlns:z='urn:z'";
        string end = container.Named("Unheard") is null ? $"</{_prefix}Unheard>" : "</z:Unheard>";
        for (int count = _random.Next(4); count > 1; count--)
        {
            _text.Append(Pick(
                " ", "\n  ", "\r\n", "\t", "<!-- \u4E2D & < -->", "<?p <x?>", "<![CDATA[ \n]]>", "&#32;&#xA;", $"{unheard}/>", $"{unheard} a='1'>text<{_prefix}Text>x</{_prefix}Text>&amp;{end}",
                "<z:Text xmlns:z='urn:z'>x</z:Text>", "<z:JobsDetail xmlns:z='urn:z'><z:JobId/>x</z:JobsDetail>"));
        }
    }

    private void Characters(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int length = Math.Min(_random.Next(1, 30), text.Length - at);
            if (char.IsHighSurrogate(text[at + length - 1]))
            {
                length++;
            }

            string piece = text.Substring(at, length);
            at += length;
            switch (_random.Next(6))
            {
                case 0 when !piece.Contains('\r', StringComparison.Ordinal) && !piece.Contains("]]>", StringComparison.Ordinal):
                    _text.Append("<![CDATA[").Append(piece).Append("]]>");
                    break;
                case 1:
                    foreach (Rune rune in piece.EnumerateRunes())
                    {
                        _text.Append(CultureInfo.InvariantCulture, $"&#{(rune.Value % 2 == 0 ? "" : "x")}{(rune.Value % 2 == 0 ? rune.Value.ToString(CultureInfo.InvariantCulture) : rune.Value.ToString("X", CultureInfo.InvariantCulture))};");
                    }

                    break;
                case 2:
                    _text.Append(Pick("<!-- -->", "<?p?>", "<![CDATA[]]>"));
                    goto default;
                default:
                    // A line may end in any of three ways.
                    _text.Append(piece.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", Pick("&gt;", "&#62;"), StringComparison.Ordinal)
                        .Replace("\r", "&#xD;", StringComparison.Ordinal).Replace("\n", piece is "\n" ? "\n" : Pick("\n", "\r\n"), StringComparison.Ordinal));
                    break;
            }
        }
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
