namespace CiCodegen.Schema;

/// <summary>When a file with an error still has its types, so that the compiler does not complain of each use of them beside the one thing that is wrong.</summary>
internal static class Drafts
{
    // With these errors the code would not compile, or not end.
    private static readonly ProblemDescriptor[] s_blocking =
    [
        ProblemDescriptors.YamlLimit, ProblemDescriptors.BadWireName, ProblemDescriptors.BadTypeName, ProblemDescriptors.BadMemberName,
        ProblemDescriptors.TypeNameClash, ProblemDescriptors.MemberClash, ProblemDescriptors.CircularReference,
    ];

    // What a file lacks that could be read in part only is missed in others.
    private static readonly ProblemDescriptor[] s_missed =
        [ProblemDescriptors.BadReference, ProblemDescriptors.StaleCorrection, ProblemDescriptors.BadCondition, ProblemDescriptors.Contradiction, ProblemDescriptors.MissingKey];

    /// <summary>Whether there is code in spite of these problems.</summary>
    public static bool Allow(ProblemList problems) => !problems.Has(s_blocking);

    /// <summary>The problems of a file that is not to blame for those of the drafts that it is bound with.</summary>
    /// <param name="problems">What was found.</param>
    /// <param name="file">The file.</param>
    /// <param name="shared">The shared files.</param>
    /// <param name="corrections">The file's corrections.</param>
    /// <param name="references">The files that it refers to.</param>
    public static EquatableArray<SchemaProblem> Own(
        ProblemList problems, SchemaDocument file, EquatableArray<SharedDocument> shared, EquatableArray<CorrectionDocument> corrections, EquatableArray<ReferencedFile> references)
    {
        // A draft's own error has been told; what it leads to is told when that is mended.
        if (file.IsDraft)
        {
            return default;
        }

        bool hasDrafts = shared.Any(s => s.IsDraft) || corrections.Any(c => c.IsDraft) || references.Any(r => r.Document.IsDraft || r.Corrections.Any(c => c.IsDraft));
        return hasDrafts ? problems.ToArray().Where(p => Array.IndexOf(s_missed, p.Descriptor) < 0).ToEquatableArray() : problems.ToArray();
    }

    /// <summary>The types of a Tag with an error, without its checks: what they are made from may be what is wrong.</summary>
    /// <param name="model">What was bound.</param>
    /// <param name="verbs">The verbs that there are.</param>
    /// <param name="isSharedWrong">Whether the error is in a shared file, so that no Tag without it has its structures.</param>
    /// <returns>The draft; null when the roots are no containers.</returns>
    public static TagModel? Of(TagModel model, IReadOnlyList<string> verbs, bool isSharedWrong)
        => model.Request.Type != LogicalType.Container || model.Response.Type != LogicalType.Container || model.Parameters is { Type: not LogicalType.Container }
            ? null
            : model with
            {
                Verbs = model.Verbs.Where(verbs.Contains).DefaultIfEmpty(verbs[0]).ToEquatableArray(),
                Parameters = model.Parameters is null ? null : Unchecked(model.Parameters, isSharedWrong),
                Request = Unchecked(model.Request, isSharedWrong),
                Response = Unchecked(model.Response, isSharedWrong),
            };

    private static NodeModel Unchecked(NodeModel node, bool isSharedWrong)
        => node.IsShared && !isSharedWrong
            ? new NodeModel(node.Name, node.Member, node.Type, node.WireType, node.IsMany) { Shape = node.Shape, IsShared = true, IsRuntime = node.IsRuntime, Summary = node.Summary, Children = node.Children, Rules = node.Rules }
            : new NodeModel(node.Name, node.Member, node.Type, node.WireType, node.IsMany)
            {
                Shape = node.Shape,
                IsShared = node.IsShared,
                IsRuntime = node.IsRuntime,
                Enum = node.Enum,
                IsOpen = node.IsOpen,
                Summary = node.Summary,
                Children = node.Children.Map(c => Unchecked(c, isSharedWrong)),
            };
}
