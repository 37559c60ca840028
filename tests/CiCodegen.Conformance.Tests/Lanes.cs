using System.Buffers;
using System.Globalization;
using System.Text;
using CiCodegen.Conformance.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests;

/// <summary>What a document is read as.</summary>
internal enum Form
{
    /// <summary>Any root: only whether it is well-formed.</summary>
    Any,

    Request,

    Response,
}

/// <summary>What one lane makes of one document: a value as JSON, or the reason why there is none. Both are null for a good document without a type.</summary>
internal sealed record Outcome(string? Json, CiFormatError? Error, string Path, int Line, int Column, string Detail, CiServiceError? ServiceError)
{
    public bool IsAboveWellFormedness => Error is CiFormatError.BadScalar or CiFormatError.DuplicateNode or CiFormatError.StrayText
        or CiFormatError.UnexpectedRoot or CiFormatError.ServiceError;

    public static Outcome Of(Func<string?> read)
    {
        try
        {
            return new Outcome(read(), null, "", 0, 0, "", null);
        }
        catch (CiFormatException e)
        {
            return new Outcome(null, e.Error, e.Path, e.Line, e.Column, e.Detail, e.ServiceError);
        }
    }

    /// <summary>Says how two lanes differ: in outcome, code or value always, in place and words for what lies above well-formedness.</summary>
    public static string? Difference(Outcome utf8, Outcome reader)
        => utf8.Error != reader.Error || utf8.Json != reader.Json || (utf8.IsAboveWellFormedness && utf8 != reader) ? $"utf8:   {utf8}\nreader: {reader}" : null;
}

/// <summary>One document through each lane.</summary>
internal static class Lanes
{
    public static CiTagBinding VideoTargetRec { get; } = CiTagCatalog.Find("VideoTargetRec")!;

    public static Outcome Utf8(ReadOnlyMemory<byte> document, Form form, CiTagBinding? tag = null, CiReaderOptions? options = null)
    {
        tag ??= VideoTargetRec;
        return Outcome.Of(() =>
        {
            switch (form)
            {
                case Form.Request:
                    return Json(tag, tag.ReadRequest(document, options));
                case Form.Response:
                    return Json(tag, tag.ReadResponse(document, options));
                default:
                    CiXml.Check(document, options);
                    return null;
            }
        });
    }

    public static Outcome Reader(ReadOnlyMemory<byte> document, Form form, CiTagBinding? tag = null, CiReaderOptions? options = null)
    {
        tag ??= VideoTargetRec;
        return Outcome.Of(() =>
        {
            switch (form)
            {
                case Form.Request:
                    return Json(tag, tag.ReadRequestInterop(document, options));
                case Form.Response:
                    return Json(tag, tag.ReadResponseInterop(document, options));
                default:
                    CiXmlInterop.Check(document, options);
                    return null;
            }
        });
    }

    public static Outcome Callback(ReadOnlyMemory<byte> document, CiTagBinding? tag = null)
    {
        tag ??= VideoTargetRec;
        return Outcome.Of(() => Json(tag, tag.ReadResponseJson(document)));
    }

    /// <summary>Reads with both XML lanes and asserts that they agree.</summary>
    public static Outcome Xml(byte[] document, Form form, CiTagBinding? tag = null, CiReaderOptions? options = null)
    {
        Outcome utf8 = Utf8(document, form, tag, options);
        if (Outcome.Difference(utf8, Reader(document, form, tag, options)) is { } difference)
        {
            Assert.Fail($"The lanes disagree ({form}).\n{difference}\nin: {Show(document)}");
        }

        return utf8;
    }

    public static string Json(CiTagBinding tag, object value)
    {
        ArrayBufferWriter<byte> output = new();
        tag.WriteJson(value, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>A document for a message: what is not printable ASCII as hexadecimal.</summary>
    public static string Show(ReadOnlySpan<byte> document)
    {
        StringBuilder text = new();
        foreach (byte unit in document)
        {
            _ = unit is >= 0x20 and < 0x7F or (byte)'\n' ? text.Append((char)unit) : text.Append(string.Create(CultureInfo.InvariantCulture, $"[{unit:X2}]"));
        }

        return text.ToString();
    }
}
