using System.Text;
using CiCodegen.Runtime;
using CiCodegen.Schema;
using CsCheck;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>A good document with one thing wrong: the code, the node and the very place are the ones that are due, in both lanes.</summary>
public sealed class BrokenDocumentTests
{
    private const string Foreign = "<z:x xmlns:z='urn:z'/>";

    public static TheoryData<string, bool> Documents => LayoutTests.Documents;

    [Theory]
    [MemberData(nameof(Documents))]
    public void OneFault_IsNamedWithItsNodeAndPlace(string name, bool isRequest)
    {
        BoundTag tag = Models.Find(name);
        NodeModel root = isRequest ? tag.Model.Request : tag.Model.Response;
        Dictionary<CiFormatError, int> met = [];
        Gen.Select(Values.Of(root), Gen.Int).Sample(
            (value, seed) =>
            {
                (string document, IReadOnlyList<Placed> placed) = Layout.Of(root, value, seed);
                foreach (Fault fault in Faults(document, placed, new Random(seed)))
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(fault.Document);
                    Outcome outcome = Lanes.Xml(bytes, isRequest ? Form.Request : Form.Response, tag.Binding);
                    (int line, int column) = Place(fault.Document, fault.At);
                    Assert.True(
                        (outcome.Error, outcome.Path, outcome.Line, outcome.Column) == (fault.Error, fault.Path, line, column),
                        $"{outcome}\ndue: {fault.Error} at {fault.Path} ({line},{column})\nin: {fault.Document}");
                    lock (met)
                    {
                        met[fault.Error] = met.GetValueOrDefault(fault.Error) + 1;
                    }
                }
            },
            iter: Effort.Iterations / 3);
        Assert.Equal([CiFormatError.UnexpectedRoot, CiFormatError.BadScalar, CiFormatError.DuplicateNode, CiFormatError.StrayText], met.Keys.Order());
        Assert.All(met.Values, count => Assert.True(count > 20, $"{count}"));
    }

    private static IEnumerable<Fault> Faults(string document, IReadOnlyList<Placed> placed, Random random)
    {
        Placed root = placed[^1];
        string tag = document[root.Start..];
        int nameAt = tag.StartsWith("<p:", StringComparison.Ordinal) ? 3 : 1;
        string prefix = tag[1..nameAt];
        string wrong = Replace(document, root.Start + nameAt, root.Node.Name.Length, "Else");
        if (root.Inside > root.Start)
        {
            int end = wrong.LastIndexOf($"</{prefix}{root.Node.Name}", StringComparison.Ordinal);
            wrong = Replace(wrong, end + 1 + nameAt, root.Node.Name.Length, "Else");
        }

        yield return new Fault(wrong, CiFormatError.UnexpectedRoot, "Else", root.Start);
        foreach (Placed node in placed.Where(p => p.Inside > p.Start).OrderBy(_ => random.Next()).Take(4))
        {
            if (node.Node.Type == LogicalType.Container)
            {
                foreach (string text in new[] { "x", "&amp;", "<![CDATA[ y ]]>", "]]", "\u00A0" }.OrderBy(_ => random.Next()).Take(1))
                {
                    // What stands before it may be white space, which then is part of the same text.
                    string before = document[..node.Inside] + Foreign;
                    yield return new Fault(before + text + Foreign + document[node.Inside..], CiFormatError.StrayText, node.Path, before.Length + (text[0] == '<' ? 9 : 0));
                }
            }
            else
            {
                yield return new Fault(document.Insert(node.Inside, $"<{prefix}b/>"), CiFormatError.BadScalar, node.Path, node.Start);
                if (node.Node.Type is not (LogicalType.String or LogicalType.Enum))
                {
                    yield return new Fault(document.Insert(node.Inside, "x<!-- -->"), CiFormatError.BadScalar, node.Path, node.Start);
                }
            }

            if (!node.Node.IsMany && node != root)
            {
                string again = $"<{prefix}{node.Name}/>";
                yield return new Fault(document.Insert(node.End, again), CiFormatError.DuplicateNode, node.Path, node.End);
            }
        }
    }

    private static string Replace(string text, int at, int length, string by) => text[..at] + by + text[(at + length)..];

    /// <summary>Line and column, from 1, in UTF-16 units; a byte order mark is no column.</summary>
    private static (int Line, int Column) Place(string document, int at)
    {
        int line = 1;
        int lineStart = document.StartsWith('\uFEFF') ? 1 : 0;
        for (int i = 0; i < at; i++)
        {
            if (document[i] == '\n' || (document[i] == '\r' && document[i + 1] != '\n'))
            {
                line++;
                lineStart = i + 1;
            }
        }

        return (line, at - lineStart + 1);
    }

    private sealed record Fault(string Document, CiFormatError Error, string Path, int At);
}
