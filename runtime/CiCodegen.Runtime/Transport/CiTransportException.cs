namespace CiCodegen.Runtime;

/// <summary>No answer came: no connection, a timeout, or a connection that broke. The request was a read, or was surely not taken.</summary>
public sealed class CiTransportException : CiException
{
    internal CiTransportException(string message, bool isTimeout, Exception? innerException)
        : base(message, innerException) => IsTimeout = isTimeout;

    /// <summary>Whether time ran out.</summary>
    public bool IsTimeout { get; }
}
