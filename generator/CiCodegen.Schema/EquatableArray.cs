using System.Collections;
using System.Runtime.CompilerServices;

namespace CiCodegen.Schema;

/// <summary>Makes <see cref="EquatableArray{T}"/> from elements and sequences.</summary>
public static class EquatableArray
{
    /// <summary>Makes an array of some elements.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="items">The elements.</param>
    public static EquatableArray<T> Of<T>(params T[] items)
        where T : IEquatable<T> => items.ToEquatableArray();

    /// <summary>Makes an array of a sequence.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="items">The elements; they are copied.</param>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => items is EquatableArray<T> same ? same : new(items.ToArray());
}

/// <summary>An immutable array that compares by its elements, which pipeline values need: <c>ImmutableArray</c> compares by reference.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? _items;

    internal EquatableArray(T[] items) => _items = items.Length == 0 ? null : items;

    /// <inheritdoc/>
    public int Count => _items?.Length ?? 0;

    /// <inheritdoc/>
    public T this[int index] => _items is null ? throw new ArgumentOutOfRangeException(nameof(index)) : _items[index];

    /// <summary>Whether two arrays hold equal elements in the same order.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Whether two arrays differ.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other)
    {
        if (ReferenceEquals(_items, other._items))
        {
            return true;
        }

        if (Count != other.Count)
        {
            return false;
        }

        for (int i = 0; i < Count; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(_items![i], other._items![i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = 17;
        foreach (T item in this)
        {
            hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        }

        return hash;
    }

    /// <summary>Makes an array of the same length.</summary>
    /// <typeparam name="TResult">The element type of the other.</typeparam>
    /// <param name="map">Makes its elements.</param>
    [MethodImpl(HotLoop.Compiled)]
    public EquatableArray<TResult> Map<TResult>(Func<T, TResult> map)
        where TResult : IEquatable<TResult>
    {
        if (_items is null)
        {
            return default;
        }

        TResult[] results = new TResult[_items.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = map(_items[i]);
        }

        return new EquatableArray<TResult>(results);
    }

    /// <summary>The elements, for loops that ask for each in turn without an enumerator.</summary>
    internal T[] Items => _items ?? [];

    /// <summary>Whether a condition holds for an element.</summary>
    /// <param name="condition">The condition.</param>
    [MethodImpl(HotLoop.Compiled)]
    public bool Any(Func<T, bool> condition)
    {
        foreach (T item in this)
        {
            if (condition(item))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a condition holds for all elements.</summary>
    /// <param name="condition">The condition.</param>
    [MethodImpl(HotLoop.Compiled)]
    public bool All(Func<T, bool> condition)
    {
        foreach (T item in this)
        {
            if (!condition(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For loops: they neither allocate nor ask by way of an interface, as those of the interface do.</summary>
    public Enumerator GetEnumerator() => new(Items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    /// <summary>Goes through the elements.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _index;

        internal Enumerator(T[] items)
        {
            _items = items;
            _index = -1;
        }

        /// <summary>The element.</summary>
        public readonly T Current => _items[_index];

        /// <summary>Goes on to the next element, if there is one.</summary>
        public bool MoveNext() => ++_index < _items.Length;
    }
}
