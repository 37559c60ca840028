using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>Documents as bytes.</summary>
internal static class DocumentFile
{
    public const string Stdin = "-";

    /// <summary>Opens a document.</summary>
    /// <exception cref="CliException">The file cannot be opened.</exception>
    public static Stream Open(CliHost host, string path)
    {
        if (path == Stdin)
        {
            return host.Input;
        }

        try
        {
            return new FileStream(host.FullPath(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(CliException.FileAccess, $"There is no file '{path}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(CliException.FileAccess, $"'{path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads a document. Of one beyond the limit a byte too much is read, so that whoever reads it refuses it.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public static ReadOnlyMemory<byte> Read(CliHost host, string path)
    {
        using Stream stream = Open(host, path);
        return Read(stream, path);
    }

    /// <summary>As <see cref="Read(CliHost, string)"/>, from where the stream stands.</summary>
    public static ReadOnlyMemory<byte> Read(Stream stream, string path)
    {
        long limit = CiReaderOptions.Default.MaxDocumentLength + 1;
        using MemoryStream buffer = new(path != Stdin && stream.CanSeek ? (int)Math.Min(stream.Length, limit) : 4096);
        byte[] piece = new byte[64 * 1024];
        try
        {
            int read;
            while (buffer.Length < limit && (read = stream.Read(piece, 0, (int)Math.Min(piece.Length, limit - buffer.Length))) > 0)
            {
                buffer.Write(piece, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliException.FileAccess, $"'{path}' cannot be read: {e.Message}");
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
