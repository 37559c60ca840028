using System.Text;

namespace CiCodegen.Runtime.Tests;

/// <summary>What one lane makes of one document.</summary>
public sealed record Outcome(string? Json, CiFormatError? Error, string Path, int Line, int Column, string Detail)
{
    public bool IsAboveWellFormedness => Error is CiFormatError.BadScalar or CiFormatError.DuplicateNode or CiFormatError.StrayText
        or CiFormatError.UnexpectedRoot or CiFormatError.ServiceError;
}

/// <summary>The lanes side by side.</summary>
public static class Lanes
{
    public static Outcome Utf8(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        => Of(() => CiXml.Read<SampleResponse>(document, options));

    public static Outcome Reader(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        => Of(() => CiXmlInterop.Read<SampleResponse>(document, options));

    public static Outcome Json(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        => Of(() => CiJson.Read<SampleResponse>(document, options));

    public static Outcome Json(string document, CiReaderOptions? options = null) => Json(Encoding.UTF8.GetBytes(document), options);

    /// <summary>Reads with both XML lanes and asserts that they agree.</summary>
    public static Outcome Xml(string document, CiReaderOptions? options = null) => Xml(Encoding.UTF8.GetBytes(document), options);

    /// <summary>Reads with both XML lanes and asserts that they agree.</summary>
    public static Outcome Xml(byte[] document, CiReaderOptions? options = null)
    {
        Outcome utf8 = Utf8(document, options);
        string? difference = Difference(utf8, Reader(document, options));
        if (difference is not null)
        {
            Assert.Fail($"{difference}\nin: {Encoding.Latin1.GetString(document)}");
        }

        return utf8;
    }

    public static string? Difference(Outcome utf8, Outcome reader)
        => utf8.Error != reader.Error || utf8.Json != reader.Json ? $"utf8: {utf8}\nreader: {reader}"
            : utf8.IsAboveWellFormedness && (utf8.Path, utf8.Line, utf8.Column, utf8.Detail) != (reader.Path, reader.Line, reader.Column, reader.Detail)
                ? $"utf8: {utf8}\nreader: {reader}" : null;

    /// <summary>What a check says of a document.</summary>
    public static Outcome Check(Action check) => Of(() =>
    {
        check();
        return new SampleResponse();
    });

    /// <summary>Reads job by job, and puts the jobs together again.</summary>
    public static async Task<Outcome> JobByJobAsync(Stream document, CiReaderOptions? options = null)
    {
        CiJobSequence<SampleJob> jobs = CiXml.ReadJobsAsync<SampleJob>(document, options);
        List<SampleJob> read = [];
        try
        {
            await foreach (SampleJob job in jobs)
            {
                read.Add(job);
            }
        }
        catch (CiFormatException exception)
        {
            return Of(() => throw exception);
        }

        SampleResponse response = (SampleResponse)jobs.Response!;
        Assert.Empty(response.JobsDetail);
        response.JobsDetail.AddRange(read);
        return Of(() => response);
    }

    /// <summary>Reads job by job through XmlReader; the outcome has the jobs alone.</summary>
    public static Outcome ReaderJobByJob(Stream document, CiReaderOptions? options = null) => Of(() =>
    {
        SampleResponse response = new();
        response.JobsDetail.AddRange(CiXmlInterop.ReadJobs<SampleJob>(document, options));
        return response;
    });

    /// <summary>The jobs of a response alone.</summary>
    public static string JobsOf(string json)
    {
        SampleResponse response = new();
        response.JobsDetail.AddRange(CiJson.Read<SampleResponse>(Encoding.UTF8.GetBytes(json)).JobsDetail);
        return CiJson.ToJson(response);
    }

    private static Outcome Of(Func<SampleResponse> read)
    {
        try
        {
            return new Outcome(CiJson.ToJson(read()), null, "", 0, 0, "");
        }
        catch (CiFormatException exception)
        {
            return new Outcome(null, exception.Error, exception.Path, exception.Line, exception.Column, exception.Detail);
        }
    }
}
