namespace CiCodegen.Runtime;

/// <summary>What a request may be called in a journal.</summary>
internal static class BulkKey
{
    /// <exception cref="ArgumentException">The key is empty, or half a character stands in it: in UTF-8 it would be another one, and two such keys the same.</exception>
    public static void Check(string key, string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key, parameter);
        for (int i = 0; i < key.Length; i++)
        {
            if (!char.IsSurrogate(key[i]))
            {
                continue;
            }

            if (i + 1 == key.Length || !char.IsSurrogatePair(key[i], key[i + 1]))
            {
                throw new ArgumentException($"The key '{key.Replace(key[i], '\uFFFD')}' has half a character (\\u{(int)key[i]:X4} alone) at {i}; no journal can keep it.", parameter);
            }

            i++;
        }
    }
}
