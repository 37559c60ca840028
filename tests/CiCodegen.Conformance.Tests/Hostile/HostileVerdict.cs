using System.Text.Json;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Hostile;

/// <summary>Judges what a lane made of a hostile document.</summary>
internal static class HostileVerdict
{
    /// <summary>The codes with which documents of a group may be refused.</summary>
    private static readonly Dictionary<string, CiFormatError[]> s_codes = new(StringComparer.Ordinal)
    {
        ["dtd"] = [CiFormatError.DtdProhibited, CiFormatError.NotWellFormed],
        ["encoding"] = [CiFormatError.IllegalCharacter, CiFormatError.UnsupportedEncoding, CiFormatError.NotWellFormed],
        ["boundary"] = [],
        ["wellformed"] = [CiFormatError.NotWellFormed, CiFormatError.IllegalCharacter],
        ["namespace"] = [CiFormatError.NotWellFormed],
        ["shape"] = [CiFormatError.UnexpectedRoot, CiFormatError.ServiceError, CiFormatError.BadScalar, CiFormatError.DuplicateNode, CiFormatError.StrayText],
        ["number"] = [CiFormatError.BadScalar, CiFormatError.IllegalCharacter],
        ["time"] = [CiFormatError.BadScalar],
        ["json"] = [CiFormatError.BadJson, CiFormatError.BadScalar],
        ["callback-xml"] = [CiFormatError.NotWellFormed, CiFormatError.UnexpectedRoot],
    };

    /// <summary>What is wrong with an outcome; null when nothing is.</summary>
    /// <param name="entry">The document's entry.</param>
    /// <param name="outcome">What was made of it.</param>
    /// <param name="checksCode">Whether the code must be one of the group's.</param>
    public static string? Of(HostileEntry entry, Outcome outcome, bool checksCode = true)
    {
        bool accepted = outcome.Error is null;
        if ((entry.Expect == "accept" && !accepted) || (entry.Expect == "reject" && accepted))
        {
            return $"{entry.Expect} is due";
        }

        if (!accepted)
        {
            return !checksCode || s_codes[entry.Group].Contains(outcome.Error!.Value) ? null : $"a document of group {entry.Group} is not refused with {outcome.Error}";
        }

        if (outcome.Json is null)
        {
            return null;
        }

        using JsonDocument value = JsonDocument.Parse(outcome.Json);
        foreach ((string path, JsonElement due) in entry.Values)
        {
            string? found = Text(value.RootElement, path);
            if (found != due.ToString())
            {
                return $"{path} is {found ?? "absent"}; {due} is due";
            }
        }

        foreach ((string path, JsonElement[] forbidden) in entry.NotValues)
        {
            if (Text(value.RootElement, path) is { } found && forbidden.Any(f => f.ToString() == found))
            {
                return $"{path} must not be {found}";
            }
        }

        return null;
    }

    /// <summary>The scalar at a path; where a list stands without an index, its first item is meant.</summary>
    private static string? Text(JsonElement element, string path)
    {
        foreach (string step in path.Split('.'))
        {
            int bracket = step.IndexOf('[', StringComparison.Ordinal);
            string name = bracket < 0 ? step : step[..bracket];
            int index = bracket < 0 ? 0 : int.Parse(step[(bracket + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }

            if (element.ValueKind == JsonValueKind.Array)
            {
                if (element.GetArrayLength() <= index)
                {
                    return null;
                }

                element = element[index];
            }
        }

        return element.ToString();
    }
}
