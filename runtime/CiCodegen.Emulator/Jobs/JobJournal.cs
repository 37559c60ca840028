using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>Jobs kept in a file, so that they outlive the emulator: a JSON line when one is made, another when it is cancelled.</summary>
internal sealed class JobJournal : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file;

    private JobJournal(FileStream file, IReadOnlyList<Job> jobs) => (_file, Jobs) = (file, jobs);

    /// <summary>The jobs that the file had, in the order in which they were made.</summary>
    public IReadOnlyList<Job> Jobs { get; }

    /// <summary>Opens a file, or makes it. A last line that was cut off while it was written is dropped.</summary>
    /// <exception cref="ArgumentException">The file cannot be opened, or a line cannot be read.</exception>
    public static JobJournal Open(string path, EmulatedTags tags)
    {
        FileStream? file = null;
        try
        {
            // One emulator at a time: ids are running numbers.
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            file.SetLength(end);
            file.Position = end;
            return new(file, Read(path, bytes.AsMemory(0, end), tags));
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

    /// <summary>Keeps a job that was made.</summary>
    public void Made(Job job) => Append(writer =>
    {
        writer.WriteString("job", job.JobId);
        writer.WriteString("tag", job.Tag.Name);
        writer.WriteString("bucket", job.Bucket.Bucket);
        writer.WriteString("region", job.Bucket.Region);
        writer.WriteString("queue", job.QueueId);
        writer.WriteString("time", job.Created);
        writer.WriteString("request", job.Request.ToString(SaveOptions.DisableFormatting));
    });

    /// <summary>Keeps that a job was cancelled.</summary>
    public void Cancelled(string jobId, DateTimeOffset time) => Append(writer =>
    {
        writer.WriteString("cancelled", jobId);
        writer.WriteString("time", time);
    });

    public void Dispose() => _file.Dispose();

    private void Append(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter writer = new(line, s_options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        _file.Write(line.WrittenSpan);
        _file.Flush();
    }

    private static List<Job> Read(string path, ReadOnlyMemory<byte> text, EmulatedTags tags)
    {
        List<Job> jobs = [];
        for (int number = 1; !text.IsEmpty; number++)
        {
            int end = text.Span.IndexOf((byte)'\n');
            try
            {
                using JsonDocument line = JsonDocument.Parse(text[..end]);
                Apply(line.RootElement, jobs, tags);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or XmlException)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{nameof(CiEmulatorOptions.DataFile)}' is '{path}', whose line {number} no emulator has written: {e.Message}"));
            }

            text = text[(end + 1)..];
        }

        return jobs;
    }

    private static void Apply(JsonElement line, List<Job> jobs, EmulatedTags tags)
    {
        DateTimeOffset time = line.GetProperty("time").GetDateTimeOffset();
        if (line.TryGetProperty("cancelled", out JsonElement cancelled))
        {
            string id = cancelled.GetString()!;
            (jobs.Find(job => job.JobId == id) ?? throw new FormatException($"There is no job '{id}'.")).Cancelled = time;
            return;
        }

        string tag = line.GetProperty("tag").GetString()!;
        jobs.Add(new()
        {
            Sequence = jobs.Count + 1,
            JobId = line.GetProperty("job").GetString()!,
            Tag = tags.Find(tag) ?? throw new FormatException($"Tag '{tag}' is not known; its schema was there when the line was written."),
            Bucket = new(line.GetProperty("bucket").GetString()!, line.GetProperty("region").GetString()!),
            QueueId = line.GetProperty("queue").GetString()!,
            Created = time,
            Request = XElement.Parse(line.GetProperty("request").GetString()!, LoadOptions.PreserveWhitespace),
        });
    }
}
