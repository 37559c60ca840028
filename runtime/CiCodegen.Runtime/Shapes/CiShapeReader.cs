namespace CiCodegen.Runtime;

/// <summary>What emitted readers share.</summary>
public static class CiShapeReader
{
    /// <summary>The items of a map's entry that repeats, made when they are first asked for.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The entry's name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="map"/> is null.</exception>
    public static List<T> Items<T>(Dictionary<string, List<T>> map, string key)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!map.TryGetValue(key, out List<T>? items))
        {
            map.Add(key, items = []);
        }

        return items;
    }
}
