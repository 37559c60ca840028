using CiCodegen.Schema;

namespace CiCodegen.Generator;

/// <summary>A file that is only there to be referred to; it is read once somebody may mean it.</summary>
/// <remarks>Pipeline value: compared by what the host handed over. A class, since what was read of it is kept and says nothing new.</remarks>
internal sealed class OfferedFile(SchemaFile file) : IEquatable<OfferedFile>
{
    private readonly SchemaFile _file = file;
    private Guarded<SchemaText>? _text;
    private Guarded<ParseResult>? _parsed;

    /// <summary>What the file says, or how reading it failed.</summary>
    public Guarded<ParseResult> Read(CancellationToken cancellationToken) => _parsed ??= Parse(Text(cancellationToken), cancellationToken);

    /// <summary>Whether the file may have a key with a name: no, where neither stands in the text as a word.</summary>
    public bool MaySay(string key, string name, CancellationToken cancellationToken)
    {
        if (Text(cancellationToken).Value is not { Text: { } text })
        {
            return true;
        }

        return (HasWord(text, key) && HasWord(text, name)) || text.IndexOf('\\') >= 0 || !name.All(IsPlain);
    }

    public bool Equals(OfferedFile? other) => other is not null && _file == other._file;

    public override bool Equals(object? obj) => Equals(obj as OfferedFile);

    public override int GetHashCode() => _file.GetHashCode();

    private Guarded<SchemaText> Text(CancellationToken cancellationToken) => _text ?? Load(cancellationToken);

    // Apart from what is called again and again: its closure is made on entry.
    private Guarded<SchemaText> Load(CancellationToken cancellationToken)
        => _text = Guard.Run(_file.Text.Path, cancellationToken, () => _file.Read(cancellationToken));

    private static Guarded<ParseResult> Parse(Guarded<SchemaText> text, CancellationToken cancellationToken)
        => text.Value is { } value
            ? Guard.Run(value.Path, cancellationToken, () => SchemaParser.Parse(value, cancellationToken))
            : new(null, text.Failure);

    /// <summary>Whether letters stand in a text as a scalar does; before '#' they are a reference to another file.</summary>
    private static bool HasWord(string all, string word)
    {
        for (int at = all.IndexOf(word, StringComparison.Ordinal); at >= 0; at = all.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            int end = at + word.Length;
            if ((at == 0 || !IsPlain(all[at - 1])) && (end == all.Length || !(IsPlain(all[end]) || all[end] == '#')))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.';
}

/// <summary>What a correction is about, or what a file is that corrections may be about.</summary>
internal sealed record Subject(string Key, string Name)
{
    public static Subject? Of(SchemaDocument document) => document switch
    {
        TagDocument { Unit: SchemaUnit.Job } tag => new("tag", tag.Tag.Value),
        TagDocument { Unit: SchemaUnit.Template } template => new("template", template.Tag.Value),
        TagDocument operation => new("operation", operation.Tag.Value),
        PageDocument page => new("page", page.PageId.Value),
        _ => null,
    };
}

/// <summary>What those that are read ask of the files that are only offered.</summary>
/// <param name="Pages">The pages that they refer to.</param>
/// <param name="Corrected">The pages that they correct.</param>
/// <param name="Known">The pages that they are themselves.</param>
/// <param name="Subjects">The bundled ones, which bundled corrections are about.</param>
internal sealed record Asked(EquatableArray<string> Pages, EquatableArray<string> Corrected, EquatableArray<string> Known, EquatableArray<Subject> Subjects)
{
    public static Asked Of(IReadOnlyCollection<SchemaDocument> documents) => new(
        documents.SelectMany(ReferenceFinder.PagesOf).Distinct().ToEquatableArray(),
        documents.OfType<CorrectionDocument>().Select(c => c.PageId?.Value).OfType<string>().Distinct().ToEquatableArray(),
        documents.Select(ReferencedFile.IdOf).OfType<string>().ToEquatableArray(),
        documents.Where(d => d.IsBundled).Select(Subject.Of).OfType<Subject>().ToEquatableArray());
}

/// <summary>What was read of the offered files.</summary>
/// <param name="Documents">The files, by path.</param>
/// <param name="Failures">One for each file that could not be read; the others are there all the same.</param>
internal sealed record OfferedResult(Bundle<SchemaDocument> Documents, EquatableArray<SchemaProblem> Failures);

/// <summary>Reads those of the offered files that others refer to, by way of whatever file, with their corrections.</summary>
internal sealed class OfferedFiles(Bundle<OfferedFile> offered, Asked asked, CancellationToken cancellationToken)
{
    private readonly List<string> _pages = [.. asked.Pages.Concat(asked.Corrected).Distinct()];
    private readonly List<Subject> _subjects = [.. asked.Subjects];
    private readonly List<SchemaDocument> _found = [];
    private readonly List<SchemaProblem> _failures = [];

    /// <summary>The files, by path; all of them where a page is missing, so that a problem can name the one that was meant.</summary>
    public static OfferedResult Read(Bundle<OfferedFile> offered, Asked asked, CancellationToken cancellationToken)
    {
        OfferedFiles files = new(offered, asked, cancellationToken);
        Bundle<SchemaDocument> found = Bundle<SchemaDocument>.Of(files.Find().OrderBy(d => d.Path, StringComparer.Ordinal));
        return new(found, files._failures.ToEquatableArray());
    }

    private IEnumerable<SchemaDocument> Find()
    {
        if (_pages.Count == 0)
        {
            return [];
        }

        for (int page = 0, subject = 0; page < _pages.Count || subject < _subjects.Count;)
        {
            if (subject < _subjects.Count)
            {
                Subject corrected = _subjects[subject++];
                Take(corrected, d => d is CorrectionDocument correction && correction.IsAbout(corrected.Key, corrected.Name));
                continue;
            }

            string id = _pages[page++];
            Take(new Subject("page", id), d => ReferencedFile.IdOf(d) == id);
            if (!asked.Known.Contains(id) && !_found.Exists(d => ReferencedFile.IdOf(d) == id))
            {
                return All();
            }
        }

        return asked.Corrected.All(id => _found.Exists(d => d is PageDocument page && page.PageId.Value == id)) ? _found : All();
    }

    private IEnumerable<SchemaDocument> All() => offered.Select(Read).OfType<SchemaDocument>();

    /// <summary>A file's document; null when it has an error. A failure is told once and takes no other file along.</summary>
    private SchemaDocument? Read(OfferedFile file)
    {
        Guarded<ParseResult> read = file.Read(cancellationToken);
        if (read.Failure is { } failure && !_failures.Contains(failure))
        {
            _failures.Add(failure);
        }

        return read.Value?.Document;
    }

    private void Take(Subject wanted, Func<SchemaDocument, bool> isMeant)
    {
        foreach (OfferedFile file in offered)
        {
            if (!file.MaySay(wanted.Key, wanted.Name, cancellationToken) || Read(file) is not { } document || !isMeant(document) || _found.Contains(document))
            {
                continue;
            }

            _found.Add(document);
            _pages.AddRange(ReferenceFinder.PagesOf(document).Where(p => !_pages.Contains(p)));
            if (Subject.Of(document) is { } subject)
            {
                _subjects.Add(subject);
            }
        }
    }
}
