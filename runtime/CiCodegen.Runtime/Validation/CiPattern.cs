using System.Text.RegularExpressions;

namespace CiCodegen.Runtime;

/// <summary>A regular expression that a whole text matches; it is made when it is first needed, and never goes back over the text.</summary>
/// <param name="pattern">The regular expression, without what <see cref="RegexOptions.NonBacktracking"/> cannot do.</param>
public sealed class CiPattern(string pattern)
{
    private Regex? _regex;

    /// <summary>Whether a text matches as a whole.</summary>
    /// <param name="text">The text.</param>
    public bool IsMatch(string text)
        => (_regex ??= new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)).IsMatch(text);

    /// <summary>The regular expression as the schema states it.</summary>
    public override string ToString() => pattern;
}
