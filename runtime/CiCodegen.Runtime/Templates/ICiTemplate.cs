using System.Buffers;

namespace CiCodegen.Runtime;

/// <summary>A Tag's template as it comes back: emitted for the node <c>Template</c>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICiTemplate<TSelf> : ICiShape<TSelf>
    where TSelf : CiTemplate, ICiTemplate<TSelf>
{
    /// <summary>The Tag.</summary>
    static abstract string TemplateTag { get; }

    /// <summary>Reads a response document with templates of this Tag.</summary>
    /// <typeparam name="TReader">The lane.</typeparam>
    /// <param name="reader">The lane, at the root.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    static abstract ICiTemplateResponse<TSelf> ReadResponse<TReader>(TReader reader)
        where TReader : struct, ICiReader;
}

/// <summary>A response document with templates: emitted for the root <c>Response</c>.</summary>
/// <typeparam name="TTemplate">The Tag's template.</typeparam>
public interface ICiTemplateResponse<TTemplate>
    where TTemplate : CiTemplate, ICiTemplate<TTemplate>
{
    /// <summary>Node <c>Template</c>: the one that was made or changed.</summary>
    TTemplate? Template { get; }

    /// <summary>Node <c>TemplateList</c>: a page of a list.</summary>
    List<TTemplate> TemplateList { get; }

    /// <summary>Node <c>TotalCount</c>: how many templates the list has on all its pages.</summary>
    int? TotalCount { get; }
}

/// <summary>A request to make or change a template: emitted for the root <c>Request</c> of a schema with <c>kind: template</c>.</summary>
/// <typeparam name="TTemplate">The Tag's template.</typeparam>
public interface ICiTemplateRequest<TTemplate>
    where TTemplate : CiTemplate, ICiTemplate<TTemplate>
{
    /// <summary>Checks the request against its schema.</summary>
    /// <returns>Every violation at once.</returns>
    CiValidationResult Validate();

    /// <summary>Writes the request as a UTF-8 XML document.</summary>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    void WriteTo(IBufferWriter<byte> output);
}
