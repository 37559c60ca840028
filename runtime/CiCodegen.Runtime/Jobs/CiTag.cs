namespace CiCodegen.Runtime;

/// <summary>The verbs that a Tag's jobs can have.</summary>
[Flags]
public enum CiVerbs
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Submit a job.</summary>
    Create = 1,

    /// <summary>Ask for one job or several by id.</summary>
    Describe = 2,

    /// <summary>List jobs.</summary>
    List = 4,

    /// <summary>Cancel a job that has not started.</summary>
    Cancel = 8,

    /// <summary>Keep parameters as a template.</summary>
    Template = 16,

    /// <summary>Stand beside other operations in one request.</summary>
    Multi = 32,
}

/// <summary>A Tag and where its jobs live.</summary>
/// <param name="Name">The Tag as on the wire, as in <c>VideoTargetRec</c>.</param>
/// <param name="Family">The family of the service: media, ai, pic, asr, doc or file.</param>
/// <param name="Method">The HTTP method of a submission.</param>
/// <param name="Path">The path of a submission, as in <c>/jobs</c>.</param>
/// <param name="Verbs">What can be done.</param>
public sealed record CiTag(string Name, string Family, string Method, string Path, CiVerbs Verbs);
