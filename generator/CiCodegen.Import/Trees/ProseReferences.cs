namespace CiCodegen.Import;

/// <summary>Reads captions that are followed by a sentence instead of a table: "<c>MediaInfo</c> has the following sub-nodes: Same as …".</summary>
internal static class ProseReferences
{
    public static void Read(PageOutline page, PageTree tree)
    {
        string? pending = null;
        foreach (PageBlock block in page.Blocks)
        {
            if (block is not TextBlock { IsNote: false } text)
            {
                pending = null;
                continue;
            }

            string line = text.Text.OneLine;
            string? caption = Captions.NodeOf(line);
            string rest = caption is null ? line : line[(line.IndexOf(':') + 1)..].Trim();
            string? named = caption ?? pending;
            pending = caption is not null && rest.Length == 0 ? caption : null;
            if (named is null || rest.Length == 0)
            {
                continue;
            }

            PageNode? node = tree.All().LastOrDefault(n => (n.Name == named || n.Path == named) && n.Children.Count == 0 && n.Wire == "Container" && n.Line < text.Line);
            node?.Said.AddRange(PhraseReader.Read(text.Text with { Text = rest }, CellKind.Description).Facts.Where(f => f.Key is "sameAs" or "refers" or "structure"));
        }
    }
}
