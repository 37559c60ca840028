using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>Jobs kept in a file, so that they outlive the emulator: a JSON line when some are made, others when one is cancelled or its callback has been sent.</summary>
internal sealed class JobJournal : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _file;
    private readonly Lock _lock = new();
    private long _end;
    private bool _isTorn;

    private JobJournal(Stream file, IReadOnlyList<Job> jobs) => (_file, _end, Jobs) = (file, file.Position, jobs);

    /// <summary>The jobs that the file had, in the order in which they were made.</summary>
    public IReadOnlyList<Job> Jobs { get; }

    /// <summary>Opens a file, or makes it. A last line that was cut off while it was written is dropped.</summary>
    /// <exception cref="ArgumentException">The file cannot be opened, or a line cannot be read.</exception>
    public static JobJournal Open(string path, EmulatedTags tags)
    {
        FileStream? file = null;
        try
        {
            // One emulator at a time: ids are running numbers. No buffer: what could not be written shall not reach the disk later.
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return Open(file, path, tags);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw new ArgumentException($"'{nameof(CiEmulatorOptions.DataFile)}' is '{path}', which cannot be opened: {e.Message}");
        }
        catch (ArgumentException)
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>The same over an open file.</summary>
    internal static JobJournal Open(Stream file, string path, EmulatedTags tags)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        List<Job> jobs = Read(path, bytes.AsMemory(0, end), tags);
        file.SetLength(end);
        file.Position = end;
        return new(file, jobs);
    }

    /// <summary>Keeps the jobs of one request, all of them or none: they are one line.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public void Made(IReadOnlyList<Job> jobs) => Append(writer =>
    {
        if (jobs.Count == 1)
        {
            Write(writer, jobs[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (Job job in jobs)
        {
            Write(writer, job);
        }

        writer.WriteEndArray();
    });

    /// <summary>Keeps that a job was cancelled.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Cancelled(string jobId, DateTimeOffset time) => Append(writer => Write(writer, "cancelled", jobId, time));

    /// <summary>Keeps that a job's callback was sent, or given up.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Told(string jobId, DateTimeOffset time) => Append(writer => Write(writer, "told", jobId, time));

    public void Dispose() => _file.Dispose();

    private static void Write(Utf8JsonWriter writer, Job job)
    {
        writer.WriteStartObject();
        writer.WriteString("job", job.JobId);
        writer.WriteString("tag", job.Tag.Name);
        writer.WriteString("bucket", job.Bucket.Bucket);
        writer.WriteString("region", job.Bucket.Region);
        writer.WriteString("queue", job.QueueId);
        if (job.TemplateName is not null)
        {
            writer.WriteString("templateName", job.TemplateName);
        }

        writer.WriteString("time", job.Created);
        writer.WriteString("request", Documents.Write(job.Request));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string what, string jobId, DateTimeOffset time)
    {
        writer.WriteStartObject();
        writer.WriteString(what, jobId);
        writer.WriteString("time", time);
        writer.WriteEndObject();
    }

    private void Append(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter writer = new(line, s_options))
        {
            write(writer);
        }

        line.Write("\n"u8);
        lock (_lock)
        {
            try
            {
                Mend();
                _file.Write(line.WrittenSpan);
                _file.Flush();
                _end += line.WrittenCount;
            }
            catch
            {
                _isTorn = true;
                TryMend();
                throw;
            }
        }
    }

    /// <summary>Takes away what a write left behind that failed half way.</summary>
    private void Mend()
    {
        if (_isTorn)
        {
            _file.SetLength(_end);
            _file.Position = _end;
            _isTorn = false;
        }
    }

    private void TryMend()
    {
        try
        {
            Mend();
        }
        catch (IOException)
        {
            // The write's own failure is what the caller hears of; the next write tries again.
        }
    }

    private static List<Job> Read(string path, ReadOnlyMemory<byte> text, EmulatedTags tags)
    {
        List<Job> jobs = [];
        Dictionary<string, Job> byId = new(StringComparer.Ordinal);
        for (int number = 1; !text.IsEmpty; number++)
        {
            int end = text.Span.IndexOf((byte)'\n');
            try
            {
                using JsonDocument line = JsonDocument.Parse(text[..end]);
                foreach (JsonElement entry in line.RootElement.ValueKind == JsonValueKind.Array ? [.. line.RootElement.EnumerateArray()] : (JsonElement[])[line.RootElement])
                {
                    Apply(entry, jobs, byId, tags);
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or XmlException)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{nameof(CiEmulatorOptions.DataFile)}' is '{path}', whose line {number} cannot be taken: {e.Message}"));
            }

            text = text[(end + 1)..];
        }

        return jobs;
    }

    private static void Apply(JsonElement line, List<Job> jobs, Dictionary<string, Job> byId, EmulatedTags tags)
    {
        DateTimeOffset time = line.GetProperty("time").GetDateTimeOffset();
        if (line.TryGetProperty("cancelled", out JsonElement cancelled))
        {
            Known(cancelled).Cancelled = time;
            return;
        }

        if (line.TryGetProperty("told", out JsonElement told))
        {
            Known(told).IsTold = true;
            return;
        }

        string tag = Text("tag");
        Job job = new()
        {
            Sequence = jobs.Count + 1,
            JobId = Text("job"),
            Tag = tags.Find(tag) ?? throw new FormatException($"Tag '{tag}' is not known; its schema was there when the line was written."),
            Bucket = new(Text("bucket"), Text("region")),
            QueueId = Text("queue"),
            TemplateName = line.TryGetProperty("templateName", out JsonElement template) ? template.GetString() : null,
            Created = time,
            Request = XElement.Parse(Text("request"), LoadOptions.PreserveWhitespace),
        };
        if (!byId.TryAdd(job.JobId, job))
        {
            throw new FormatException($"There is a job '{job.JobId}' already.");
        }

        jobs.Add(job);

        string Text(string name) => line.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

        Job Known(JsonElement id) => byId.GetValueOrDefault(id.GetString() ?? "") ?? throw new FormatException($"There is no job '{id.GetString()}'.");
    }
}
