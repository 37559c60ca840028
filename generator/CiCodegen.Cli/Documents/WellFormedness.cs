using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>Checks a document with any root as it comes: whether it is well-formed and its parts keep their limits. The whole has none.</summary>
internal static class WellFormedness
{
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public static void Check(Stream stream, string file, string lane, CiReaderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (lane == DocumentLane.XmlReader)
            {
                CiXmlInterop.Check(stream, options, cancellationToken);
            }
            else
            {
                CiXml.Check(stream, options, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliException.FileAccess, $"'{file}' cannot be read: {e.Message}");
        }
    }
}
