using System.Xml;

namespace CiCodegen.Benchmarks.Peers;

/// <summary>The calls that write a document, made with names and texts at hand: what a writer costs whoever uses it.</summary>
internal sealed class BareWrites
{
    private readonly Step[] _steps;

    /// <summary>Takes the calls from a document without attributes.</summary>
    public BareWrites(byte[] document)
    {
        List<Step> steps = [];
        using XmlReader reader = XmlReader.Create(new MemoryStream(document));
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    steps.Add(new Step(reader.Name, "", 0));
                    break;
                case XmlNodeType.Text:
                    steps[^1] = steps[^1] with { Text = reader.Value };
                    break;
                case XmlNodeType.EndElement:
                    steps[^1] = steps[^1] with { Ends = steps[^1].Ends + 1 };
                    break;
            }
        }

        _steps = [.. steps];
    }

    /// <summary>Writes the document.</summary>
    public void Write(XmlWriter writer)
    {
        foreach (ref readonly Step step in _steps.AsSpan())
        {
            writer.WriteStartElement(step.Name);
            if (step.Text.Length > 0)
            {
                writer.WriteString(step.Text);
            }

            for (int ends = step.Ends; ends > 0; ends--)
            {
                writer.WriteFullEndElement();
            }
        }

        writer.Flush();
    }

    private readonly record struct Step(string Name, string Text, int Ends);
}
