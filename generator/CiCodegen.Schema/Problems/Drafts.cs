namespace CiCodegen.Schema;

/// <summary>When a file with an error still has its types, so that the compiler does not complain of each use of them beside the one thing that is wrong.</summary>
internal static class Drafts
{
    // With these errors the code would not compile, or not end.
    private static readonly ProblemDescriptor[] s_blocking =
    [
        ProblemDescriptors.YamlLimit, ProblemDescriptors.BadWireName, ProblemDescriptors.BadTypeName, ProblemDescriptors.BadMemberName,
        ProblemDescriptors.TypeNameClash, ProblemDescriptors.MemberClash, ProblemDescriptors.CircularReference, ProblemDescriptors.DuplicateTag,
    ];

    // What a file lacks that could be read in part only is missed in others.
    private static readonly ProblemDescriptor[] s_missed = [ProblemDescriptors.BadReference, ProblemDescriptors.StaleCorrection];

    /// <summary>Whether there is code in spite of these problems.</summary>
    public static bool Allow(ProblemList problems) => !problems.Has(s_blocking);

    /// <summary>The problems of a file that is not to blame for those of the drafts that it is bound with.</summary>
    /// <param name="problems">What was found.</param>
    /// <param name="file">The file.</param>
    /// <param name="others">The files that it is bound with.</param>
    public static EquatableArray<SchemaProblem> Own(ProblemList problems, SchemaDocument file, IEnumerable<SchemaDocument> others)
    {
        // A draft's own error has been told; what it leads to is told when that is mended.
        if (file.IsDraft)
        {
            return default;
        }

        return others.Any(o => o.IsDraft) ? problems.ToArray().Where(p => Array.IndexOf(s_missed, p.Descriptor) < 0).ToEquatableArray() : problems.ToArray();
    }
}
