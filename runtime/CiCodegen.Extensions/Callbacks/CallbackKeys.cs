namespace CiCodegen.Extensions;

/// <summary>Which callbacks this process has in hand. The store's list is read while others come in, so it names some of these too.</summary>
internal sealed class CallbackKeys
{
    private const int MaxDoubtful = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doubtful = new(StringComparer.Ordinal);
    private bool _isListing;

    /// <summary>How many are taken in and not done.</summary>
    public int InHand
    {
        get
        {
            lock (_lock)
            {
                return _entries.Values.Count(static entry => entry.IsInHand);
            }
        }
    }

    /// <summary>A callback is given to the store.</summary>
    public void Begin(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out Entry? entry))
            {
                _entries.Add(key, entry = new());
            }

            entry.Adding++;
        }
    }

    /// <summary>The store has answered.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="isNew">What it said; null when it failed, so that it may have kept it all the same.</param>
    /// <returns>What is to be handled now: the callback, or the same as the list had it meanwhile; null when others see to it.</returns>
    public CiStoredCallback? End(CiStoredCallback callback, bool? isNew)
    {
        lock (_lock)
        {
            Entry entry = _entries[callback.Key];
            entry.Adding--;

            // Known to the store by a try that failed: nobody has handled it.
            bool isOurs = isNew == true || (_doubtful.Contains(callback.Key) && isNew == false && !entry.IsInHand);
            CiStoredCallback? next = isOurs ? callback : entry.Adding == 0 && !entry.IsInHand ? entry.Listed : null;
            if (next is not null)
            {
                (entry.IsInHand, entry.IsDone, entry.Listed) = (true, false, null);
            }

            if (isNew is not null || next is not null)
            {
                _doubtful.Remove(callback.Key);
            }
            else if (_doubtful.Count < MaxDoubtful)
            {
                _doubtful.Add(callback.Key);
            }

            Tidy(callback.Key, entry);
            return next;
        }
    }

    /// <summary>The list of what the store has begins.</summary>
    public void BeginList()
    {
        lock (_lock)
        {
            _isListing = true;
        }
    }

    /// <summary>The list is over, or broke off.</summary>
    public void EndList()
    {
        lock (_lock)
        {
            _isListing = false;
            foreach ((string key, Entry entry) in _entries.ToArray())
            {
                entry.IsDone = false;
                Tidy(key, entry);
            }
        }
    }

    /// <summary>The list names a callback.</summary>
    /// <returns>Whether it is to be handled; false when this process has it, had it, or is about to.</returns>
    public bool TryTake(CiStoredCallback listed)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(listed.Key, out Entry? entry))
            {
                _entries.Add(listed.Key, new() { IsInHand = true });
                _doubtful.Remove(listed.Key);
                return true;
            }

            // Perhaps the store will say that it is not new: then it is handled for the list's sake.
            entry.Listed = entry.IsInHand || entry.IsDone ? null : listed;
            return false;
        }
    }

    /// <summary>A callback is done, or forgotten.</summary>
    public void Done(string key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out Entry? entry))
            {
                // A list that began before may name it still.
                (entry.IsInHand, entry.IsDone) = (false, _isListing);
                Tidy(key, entry);
            }
        }
    }

    private void Tidy(string key, Entry entry)
    {
        if (entry is { Adding: 0, IsInHand: false, IsDone: false })
        {
            _entries.Remove(key);
        }
    }

    private sealed class Entry
    {
        /// <summary>How many requests give it to the store at this moment.</summary>
        public int Adding { get; set; }

        public bool IsInHand { get; set; }

        public bool IsDone { get; set; }

        public CiStoredCallback? Listed { get; set; }
    }
}
