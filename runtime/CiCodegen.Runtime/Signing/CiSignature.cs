namespace CiCodegen.Runtime;

/// <summary>One request's signature with every string on the way to it.</summary>
/// <remarks><see cref="SignKey"/> signs whatever falls into its key time: treat it as a secret.</remarks>
public sealed class CiSignature
{
    internal CiSignature(string signKey, string httpString, string stringToSign, string signature, string headerList, string urlParamList, string authorization)
    {
        SignKey = signKey;
        HttpString = httpString;
        StringToSign = stringToSign;
        Signature = signature;
        HeaderList = headerList;
        UrlParamList = urlParamList;
        Authorization = authorization;
    }

    /// <summary>The key derived from secret key and key time: 40 hex digits. A secret.</summary>
    public string SignKey { get; }

    /// <summary>Method, path, parameters and headers, each followed by a line feed.</summary>
    public string HttpString { get; }

    /// <summary>Algorithm, sign time and digest of <see cref="HttpString"/>, each followed by a line feed.</summary>
    public string StringToSign { get; }

    /// <summary>The signature: 40 hex digits.</summary>
    public string Signature { get; }

    /// <summary>Value of <c>q-header-list</c>.</summary>
    public string HeaderList { get; }

    /// <summary>Value of <c>q-url-param-list</c>.</summary>
    public string UrlParamList { get; }

    /// <summary>Value of the header <c>Authorization</c>.</summary>
    public string Authorization { get; }

    /// <summary>What is signed, without the signature.</summary>
    public override string ToString() => $"headers: {HeaderList}, parameters: {UrlParamList}";
}
