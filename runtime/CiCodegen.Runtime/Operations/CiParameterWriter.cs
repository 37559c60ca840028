using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>The lane into path and query: one pair a node; a node that repeats is a list with commas.</summary>
public struct CiParameterWriter : ICiWriter
{
    private readonly List<KeyValuePair<string, string?>> _pairs;
    private int _first;
    private bool _isMany;

    internal CiParameterWriter(List<KeyValuePair<string, string?>> pairs) => _pairs = pairs;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A parameter is no container.</exception>
    public readonly TShape? Begin<TShape>(CiNode node, TShape? value)
        where TShape : class
        => value is null ? null : throw new NotSupportedException($"'{node?.Name}' is a container; a parameter is a single value.");

    /// <inheritdoc/>
    public readonly void End(CiContainer? container = null)
    {
    }

    /// <inheritdoc/>
    public void BeginMany(CiNode node)
    {
        _isMany = true;
        _first = _pairs.Count;
    }

    /// <inheritdoc/>
    public void EndMany(CiNode node)
    {
        _isMany = false;
        if (_pairs.Count > _first + 1)
        {
            string joined = string.Join(',', _pairs.Skip(_first).Select(static pair => pair.Value));
            _pairs.RemoveRange(_first, _pairs.Count - _first);
            _pairs.Add(new(node.Name, joined));
        }
    }

    /// <inheritdoc/>
    public readonly CiNode Key(CiNode map, string key) => CiNode.One(key);

    /// <inheritdoc/>
    public readonly void WriteString(CiNode node, string? value)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (value is not null && (value.Length > 0 || !_isMany))
        {
            _pairs.Add(new(node.Name, value));
        }
    }

    /// <inheritdoc/>
    public readonly void WriteInt32(CiNode node, int? value) => WriteString(node, value?.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public readonly void WriteInt64(CiNode node, long? value) => WriteString(node, value?.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public readonly void WriteDecimal(CiNode node, decimal? value) => WriteString(node, value?.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public readonly void WriteBoolean(CiNode node, bool? value) => WriteString(node, value switch { true => "true", false => "false", null => null });

    /// <inheritdoc/>
    public readonly void WriteTime(CiNode node, DateTimeOffset? value) => WriteString(node, value is { } time ? Text(time) : null);

    /// <summary>A time as the service takes it: <c>2001-01-01T00:00:00+0800</c>.</summary>
    internal static string Text(DateTimeOffset time)
        => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
