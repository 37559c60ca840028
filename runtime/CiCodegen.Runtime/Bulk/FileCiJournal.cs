using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;

namespace CiCodegen.Runtime;

/// <summary>A journal in a file of JSON lines that is only ever appended to.</summary>
/// <remarks>
/// <para>One process at a time. Entries that come together are written together, so that the disk is waited for once. A last line that a
/// killed process left unfinished is cut off: what it was about had not been sent.</para>
/// </remarks>
public sealed class FileCiJournal : ICiJournal, IAsyncDisposable
{
    private const int MaxBatch = 1000;
    private const int MaxLine = 1 << 30;
    private static readonly byte[] s_head = "{\"journal\":\"cicodegen\",\"version\":1}\n"u8.ToArray();

    private readonly FileStream _file;
    private readonly bool _flushToDisk;
    private readonly Dictionary<string, CiJournalEntry> _entries = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    private FileCiJournal(FileStream file, bool flushToDisk)
    {
        _file = file;
        _flushToDisk = flushToDisk;
        _writing = Task.CompletedTask;
        Load();
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>How many requests it knows.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="flushToDisk">Whether an entry must outlive the machine's loss of power, not only the process; true.</param>
    /// <exception cref="CiJournalException">The file is in use, is no journal (it is left as it is), or cannot be written to.</exception>
    public static FileCiJournal Open(string path, bool flushToDisk = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CiJournalException($"The journal '{path}' cannot be opened; perhaps another process has it: {e.Message}", e);
        }

        try
        {
            return new(file, flushToDisk);
        }
        catch (IOException e)
        {
            file.Dispose();
            throw new CiJournalException($"The journal '{path}' cannot be read or begun: {e.Message}", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<CiJournalEntry?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_entries.GetValueOrDefault(key));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is no whole text: it would be another one when it is read.</exception>
    /// <exception cref="CiJournalException">It could not be written.</exception>
    public async ValueTask AppendAsync(CiJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        BulkKey.Check(entry.Key, nameof(entry));
        cancellationToken.ThrowIfCancellationRequested();
        Pending pending = new(entry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(pending))
        {
            throw new CiJournalException("The journal is closed, or could not be written to.");
        }

        // Not cancelled any more: whether the entry is there must be known.
        await pending.Written.Task.ConfigureAwait(false);
    }

    /// <summary>Writes what is under way and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        ArrayBufferWriter<byte> buffer = new();
        List<Pending> batch = [];
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            buffer.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out Pending pending))
            {
                batch.Add(pending);
                JournalLine.Write(buffer, pending.Entry);
            }

            try
            {
                await _file.WriteAsync(buffer.WrittenMemory).ConfigureAwait(false);
                _file.Flush(_flushToDisk);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Half a line may stand there: nothing more may follow it.
                CiJournalException failure = new($"The journal cannot be written to: {e.Message}", e);
                _queue.Writer.TryComplete();
                batch.ForEach(pending => pending.Written.SetException(failure));
                while (_queue.Reader.TryRead(out Pending late))
                {
                    late.Written.SetException(failure);
                }

                return;
            }

            lock (_lock)
            {
                batch.ForEach(pending => _entries[pending.Entry.Key] = pending.Entry);
            }

            batch.ForEach(static pending => pending.Written.SetResult());
        }
    }

    /// <summary>Reads what is there, line by line, and takes away what a killed process left unfinished.</summary>
    private void Load()
    {
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        int line = 0;
        long whole = 0;
        long left = _file.Length;
        while (left > 0 && _file.Read(buffer, filled, (int)Math.Min(buffer.Length - filled, left)) is > 0 and int read)
        {
            left -= read;
            filled += read;
            int used = 0;
            for (int end; (end = buffer.AsSpan(used..filled).IndexOf((byte)'\n')) >= 0; used += end + 1)
            {
                Take(buffer.AsSpan(used, end), ++line);
            }

            whole += used;
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
            if (line == 0 && !IsOfHead(buffer.AsSpan(0, filled)))
            {
                throw NoJournal(1);
            }

            if (filled == buffer.Length)
            {
                // Keys are as long as their callers make them.
                Array.Resize(ref buffer, buffer.Length < MaxLine ? buffer.Length * 2 : throw NoJournal(line + 1));
            }
        }

        if (filled > 0)
        {
            _file.SetLength(whole);
        }

        _file.Seek(whole, SeekOrigin.Begin);
        if (whole == 0)
        {
            _file.Write(s_head);
            _file.Flush(_flushToDisk);
        }
    }

    private void Take(ReadOnlySpan<byte> text, int line)
    {
        CiJournalEntry? entry = null;
        if (line == 1 ? text.Length + 1 != s_head.Length || !IsOfHead(text) : !JournalLine.TryRead(text, out entry))
        {
            throw NoJournal(line);
        }

        if (entry is not null)
        {
            _entries[entry.Key] = entry;
        }
    }

    // Whatever else begins a file is somebody's work.
    private static bool IsOfHead(ReadOnlySpan<byte> text) => s_head.AsSpan().StartsWith(text);

    private CiJournalException NoJournal(int line) => new($"'{_file.Name}' is no journal, or is damaged: line {line}.");

    private readonly record struct Pending(CiJournalEntry Entry, TaskCompletionSource Written);
}

/// <summary>A journal's entry as a line of JSON.</summary>
internal static class JournalLine
{
    private static readonly string[] s_states = ["sending", "done", "refused", "unsent"];

    public static void Write(IBufferWriter<byte> output, CiJournalEntry entry)
    {
        using (Utf8JsonWriter writer = new(output))
        {
            writer.WriteStartObject();
            writer.WriteString("key", entry.Key);
            writer.WriteString("state", s_states[(int)entry.State]);
            writer.WriteString("hash", entry.Hash);
            if (entry.Mark is not null)
            {
                writer.WriteString("mark", entry.Mark);
            }

            writer.WriteString("at", entry.At);
            if (entry.SentAgainAt is { } again)
            {
                writer.WriteString("sentAgainAt", again);
            }

            if (entry.JobId is not null)
            {
                writer.WriteString("jobId", entry.JobId);
            }

            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    public static bool TryRead(ReadOnlySpan<byte> line, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CiJournalEntry? entry)
    {
        entry = null;
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            int state = root.ValueKind == JsonValueKind.Object ? Array.IndexOf(s_states, Text(root, "state")) : -1;
            if (state < 0 || Text(root, "key") is not { } key || Text(root, "hash") is not { } hash || !root.TryGetProperty("at", out JsonElement at) || !at.TryGetDateTimeOffset(out DateTimeOffset time))
            {
                return false;
            }

            DateTimeOffset? again = null;
            if (root.TryGetProperty("sentAgainAt", out JsonElement second))
            {
                if (!second.TryGetDateTimeOffset(out DateTimeOffset value))
                {
                    return false;
                }

                again = value;
            }

            entry = new(key, (CiJournalState)state, hash, Text(root, "mark"), time, Text(root, "jobId")) { SentAgainAt = again };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement root, string name)
        => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
