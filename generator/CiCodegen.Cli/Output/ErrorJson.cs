using System.Globalization;
using System.Text.Json;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Output;

/// <summary>Why a document or a batch line came to nothing.</summary>
/// <param name="Code">The failure's name.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Path">The node, or the file where it is about no document; null for neither.</param>
/// <param name="Line">The line from 1, or null.</param>
/// <param name="Column">The column from 1, or null.</param>
internal sealed record DocumentError(string Code, string Message, string? Path = null, int? Line = null, int? Column = null)
{
    public static DocumentError Of(CiFormatException e)
        => new(e.Error.ToString(), e.Detail, e.Path, e.Line > 0 ? e.Line : null, e.Column > 0 ? e.Column : null);

    public static DocumentError Of(CliException e) => new(e.Code, e.Message, e.Place?.Path, e.Place?.Line, e.Place?.Column);

    /// <summary>As editors and CI link it, where <see cref="Path"/> is the file.</summary>
    /// <param name="id">The error's id.</param>
    public string ToFileLine(string id) => string.Create(CultureInfo.InvariantCulture, $"{Path}({Line ?? 1},{Column ?? 1}): error {id}: {Message}");

    /// <summary>As editors and CI link it. What is about the whole document stands at its start.</summary>
    /// <param name="file">The file.</param>
    public string ToLine(string file)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{file}({Line ?? 1},{Column ?? 1}): error {DocumentErrorIds.Of(Code)}: {Code}{(string.IsNullOrEmpty(Path) ? "" : " at " + Path)}: {Message}");
}

/// <summary>The ids of what can be wrong with a document, beside those of schemas: <c>generator/docs/diagnostics</c> lists them.</summary>
internal static class DocumentErrorIds
{
    /// <summary>The id of an error's name.</summary>
    public static string Of(string code) => Enum.TryParse(code, out CiFormatError error) ? Of(error) : "CICG5000";

    /// <summary>The id of an error. For what is wrong with pages of the docs see <see cref="Pages.ImportProblem"/>.</summary>
    public static string Of(CiFormatError error) => error switch
    {
        CiFormatError.NotWellFormed => "CICG5001",
        CiFormatError.DtdProhibited => "CICG5002",
        CiFormatError.UnsupportedEncoding => "CICG5003",
        CiFormatError.IllegalCharacter => "CICG5004",
        CiFormatError.LimitExceeded => "CICG5005",
        CiFormatError.UnexpectedRoot => "CICG5006",
        CiFormatError.ServiceError => "CICG5007",
        CiFormatError.BadScalar => "CICG5008",
        CiFormatError.DuplicateNode => "CICG5009",
        CiFormatError.StrayText => "CICG5010",
        CiFormatError.BadJson => "CICG5011",
        _ => "CICG5000",
    };
}

/// <summary>Failures as JSON.</summary>
internal static class ErrorJson
{
    public static void Write(Utf8JsonWriter writer, DocumentError error)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", false);
        writer.WritePropertyName("error");
        WriteBare(writer, error);
        writer.WriteEndObject();
    }

    /// <summary>The error's own object.</summary>
    public static void WriteBare(Utf8JsonWriter writer, DocumentError error)
    {
        writer.WriteStartObject();
        writer.WriteString("code", error.Code);
        writer.WriteString("path", error.Path);
        Number(writer, "line", error.Line);
        Number(writer, "column", error.Column);
        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
