using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>The part of a document that is read by itself: the whole, or one of several operations. It says where something stands in what was sent.</summary>
internal sealed class DocumentPart
{
    private const string Operation = "Request.Operation";

    public static readonly DocumentPart Whole = new();

    private readonly IXmlLineInfo? _operation;
    private readonly int _index;

    private DocumentPart()
    {
    }

    /// <param name="operation">The operation, with its place.</param>
    /// <param name="index">Which one it is, from 0.</param>
    public DocumentPart(XElement operation, int index) => (_operation, _index) = (operation, index);

    public bool IsWhole => _operation is null;

    /// <summary>A path as it is in the document.</summary>
    public string PathOf(string path)
        => !IsWhole && path.StartsWith(Operation, StringComparison.Ordinal) && (path.Length == Operation.Length || path[Operation.Length] == '.')
            ? string.Create(CultureInfo.InvariantCulture, $"{Operation}[{_index}]{path[Operation.Length..]}")
            : path;

    /// <summary>An error with its place; of an operation among several it is that of the operation, whose text was written anew.</summary>
    public string Say(CiFormatException e)
        => _operation is null ? e.Message : string.Create(CultureInfo.InvariantCulture, $"({_operation.LineNumber},{_operation.LinePosition - 1}) {e.Error} at {PathOf(e.Path)}: {e.Detail}");
}
