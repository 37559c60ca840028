using System.Text;
using System.Xml;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Grammar;

/// <summary>The grammar production by production: both lanes agree, keep to the specification, and to XmlReader but where that is known to be wrong.</summary>
public sealed class GrammarTests
{
    private static readonly IReadOnlyList<Production> s_all = [.. DocumentProductions.All, .. ElementProductions.All];

    public static TheoryData<string> Names => [.. s_all.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Production_IsKept(string name)
    {
        Production production = s_all.Single(p => p.Name == name);
        List<string> wrong = [];
        int count = 0;
        foreach ((string document, CiFormatError? due, bool agrees) in production.Documents)
        {
            byte[] bytes = Production.Bytes(document);
            Outcome outcome = Lanes.Xml(bytes, Form.Any);
            bool read = IsReadByXmlReader(bytes);
            if (outcome.Error != due)
            {
                wrong.Add($"{Lanes.Show(bytes)}: {outcome.Error} {outcome.Detail}; due is {due}");
            }

            if (read != (agrees ? due is null : due is not null))
            {
                wrong.Add($"{Lanes.Show(bytes)}: XmlReader {(read ? "reads" : "refuses")} it");
            }

            count++;
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(count >= 5, $"{production} has only {count} documents.");
    }

    [Fact]
    public void EveryProduction_HasBothSides()
    {
        Assert.Equal(s_all.Count, s_all.Select(p => p.Name).Distinct().Count());
        Assert.True(s_all.Sum(p => p.Documents.Count()) > 900, $"{s_all.Sum(p => p.Documents.Count())} documents");
        Assert.All(s_all, p => Assert.Contains(p.Documents, d => d.Due is not null));
    }

    /// <summary>Where the name classes begin and end: each such character as the first and as a later one of a name.</summary>
    [Fact]
    public void NameClasses_AreThoseOfXmlReader()
    {
        List<char> edges = [];
        for (int c = 0x80; c < 0xFFFE; c++)
        {
            if (!char.IsSurrogate((char)c) && !char.IsSurrogate((char)(c + 1))
                && (XmlConvert.IsStartNCNameChar((char)c) != XmlConvert.IsStartNCNameChar((char)(c + 1)) || XmlConvert.IsNCNameChar((char)c) != XmlConvert.IsNCNameChar((char)(c + 1))))
            {
                edges.AddRange([(char)c, (char)(c + 1)]);
            }
        }

        Assert.True(edges.Count > 400, $"{edges.Count} edges");
        foreach (char c in edges)
        {
            foreach ((string document, bool due) in new[] { ($"<{c}/>", XmlConvert.IsStartNCNameChar(c)), ($"<a{c}/>", XmlConvert.IsNCNameChar(c)), ($"<a b{c}=''/>", XmlConvert.IsNCNameChar(c)) })
            {
                byte[] bytes = Encoding.UTF8.GetBytes(document);
                Assert.Equal((document, due, due), (document, Lanes.Xml(bytes, Form.Any).Error is null, IsReadByXmlReader(bytes)));
            }
        }
    }

    internal static bool IsReadByXmlReader(byte[] document)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
