using System.Security.Cryptography;

namespace CiCodegen.Runtime;

/// <summary>The mark by which a submitted job is found again when its answer was lost: the last 30 characters of node <c>Operation.UserData</c>.</summary>
/// <remarks>
/// <para>The node takes 1,024 characters, so 994 are left for text of one's own. A request with more of it goes out without a mark: it is
/// then as if <see cref="CiClientOptions.MarkSubmissions"/> were off for it.</para>
/// <para>The service gives the node back as it was sent, in answers, lists and callbacks: own text and mark. <see cref="TextOf"/> takes the
/// text out, whether there is a mark or not.</para>
/// </remarks>
public static class CiSubmissionMark
{
    /// <summary>How many characters a mark has.</summary>
    public const int Length = 30;

    /// <summary>How many characters the node takes.</summary>
    internal const int MaxUserData = 1024;

    private const string Prefix = "~ci.";
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Makes a mark that no other submission has: <c>~ci.</c> and 26 random letters and digits.</summary>
    public static string New() => Prefix + RandomNumberGenerator.GetString(Digits, Length - Prefix.Length);

    /// <summary>What the submitter wrote, without the mark.</summary>
    /// <param name="userData">Node <c>UserData</c> as it was read; null for none.</param>
    public static string TextOf(string? userData)
    {
        string text = userData ?? "";
        return Find(text) is null ? text : text[..^Length];
    }

    /// <summary>The mark; null when there is none.</summary>
    /// <param name="userData">Node <c>UserData</c> as it was read; null for none.</param>
    public static string? Find(string? userData)
        => userData is { Length: >= Length } text && IsMark(text[^Length..]) ? text[^Length..] : null;

    /// <summary>Whether a text is a mark.</summary>
    internal static bool IsMark(string text)
        => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0;
}
