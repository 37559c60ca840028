namespace CiCodegen.Runtime;

/// <summary>There are no credentials to sign with, or whoever gives them failed: nothing was sent then. <see cref="CiException.IsAmbiguous"/> says that an earlier try of the same call may have been carried out.</summary>
public sealed class CiCredentialException : CiException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where credentials were looked for and what is missing; never a secret.</param>
    public CiCredentialException(string message)
        : base(message, innerException: null)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where credentials were looked for and what is missing; never a secret.</param>
    /// <param name="innerException">What lies beneath.</param>
    public CiCredentialException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
