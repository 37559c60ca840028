using System.Xml.Linq;
using CiCodegen.Cli.Documents;
using CiCodegen.Import;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>What a sample of a page is good for.</summary>
internal enum SampleState
{
    /// <summary>It is not well-formed.</summary>
    Malformed,

    /// <summary>It is about something that no schema has.</summary>
    NoJob,

    /// <summary>Its jobs are of several Tags.</summary>
    SeveralTags,

    /// <summary>No schema has its Tag.</summary>
    UnknownTag,

    /// <summary>It is a job's.</summary>
    Job,

    /// <summary>It is a template's.</summary>
    Template,

    /// <summary>It is what an operation sends or answers.</summary>
    Operation,
}

/// <summary>A sample of a page, as a tree of elements whatever it is written in.</summary>
/// <param name="Page">The page's file.</param>
/// <param name="Sample">The sample.</param>
/// <param name="State">What it is good for.</param>
/// <param name="Model">What it is read as; null where nothing has it.</param>
/// <param name="Root">Its root; null when it is malformed.</param>
internal sealed record SampleDocument(string Page, PageSample Sample, SampleState State, TagModel? Model, XElement? Root)
{
    /// <summary>The Tag or the operation, and whether it is a template's.</summary>
    public string Name => State == SampleState.Template ? $"{Model!.Tag} template" : Model?.Tag ?? "";

    /// <summary>Whether it is sent.</summary>
    public bool IsRequest => Root?.Name.LocalName == "Request";

    /// <summary>What it is read as.</summary>
    public string Kind => IsRequest ? DocumentKind.Request : DocumentKind.Response;
}
