using System.Collections;
using CiCodegen.Schema;

namespace CiCodegen.Generator;

/// <summary>Several values as one pipeline value.</summary>
/// <remarks>
/// A class on purpose: the compiler's pipeline is generic, and the runtime compiles it anew for each struct that goes through it,
/// which took longer than all our own work in a compiler that starts. All classes share one compiled copy.
/// </remarks>
/// <param name="Items">The values.</param>
internal sealed record Bundle<T>(EquatableArray<T> Items) : IEnumerable<T>
    where T : IEquatable<T>
{
    public static Bundle<T> Of(IEnumerable<T> items) => new(items.ToEquatableArray());

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>What was read, by kind and by path.</summary>
/// <param name="Tags">The files that are compiled.</param>
/// <param name="Pages">The pages.</param>
/// <param name="Shared">The shared files.</param>
/// <param name="Corrections">The corrections.</param>
/// <param name="Asked">What they ask of the files that are only there to be referred to.</param>
internal sealed record ReadFiles(
    Bundle<TagDocument> Tags, Bundle<PageDocument> Pages, Bundle<SharedDocument> Shared, Bundle<CorrectionDocument> Corrections, Asked Asked)
{
    public static ReadFiles Of(IEnumerable<Guarded<ParseResult>> files)
    {
        List<SchemaDocument> documents = [];
        foreach (Guarded<ParseResult> file in files)
        {
            if ((file.Value?.Document ?? file.Value?.Draft) is { } document)
            {
                documents.Add(document);
            }
        }

        documents.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new ReadFiles(All<TagDocument>(documents), All<PageDocument>(documents), All<SharedDocument>(documents), All<CorrectionDocument>(documents), Asked.Of(documents));
    }

    private static Bundle<T> All<T>(List<SchemaDocument> documents)
        where T : SchemaDocument, IEquatable<T>
        => Bundle<T>.Of(documents.OfType<T>());
}

/// <summary>What was read, and what is there to be referred to.</summary>
internal sealed record AllFiles(ReadFiles Read, Bundle<SchemaDocument> References);

/// <summary>What a file can be bound from.</summary>
internal sealed record BindSources(Bundle<SharedDocument> Shared, Bundle<ReferencedFile> Files);

/// <summary>A chosen file with all that it is bound from.</summary>
internal sealed record BindInput(ReferencedFile File, EquatableArray<SharedDocument> Shared, EquatableArray<ReferencedFile> References)
{
    public static BindInput? Of(SchemaDocument document, BindSources sources)
    {
        foreach (ReferencedFile file in sources.Files.Items)
        {
            if (!file.IsShadowed && file.Document.Path == document.Path)
            {
                return new BindInput(file, sources.Shared.Items, ReferenceFinder.Find(document, file.Corrections, sources.Shared.Items, sources.Files.Items));
            }
        }

        return null;
    }
}
