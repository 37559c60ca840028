namespace CiCodegen.Runtime;

/// <summary>A job was sent and nobody knows whether the service took it: do not send it again before looking for it.</summary>
public sealed class CiAmbiguousSubmitException : CiException
{
    internal CiAmbiguousSubmitException(string message, in CiAnswer answer, ReadOnlyMemory<byte> body, Exception? innerException)
        : base(message, answer, innerException)
    {
        Body = body;
        IsAmbiguous = true;
    }

    /// <summary>What came of an answer, cut off after 4 KiB; empty when none came.</summary>
    public ReadOnlyMemory<byte> Body { get; }
}
