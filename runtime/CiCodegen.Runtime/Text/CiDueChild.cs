namespace CiCodegen.Runtime;

/// <summary>The child at which a lane stands while nobody has asked for it.</summary>
internal struct CiDueChild
{
    // One more than the index, so that 0 is nothing; below is the container's end.
    private int _next;
    private bool _isOffered;

    /// <summary>Whether the lane has to look first.</summary>
    public readonly bool IsNothing => _next == 0;

    /// <summary>The child's index; the table's count for an unknown one; -1 when the container has ended.</summary>
    public readonly int Child => _next < 0 ? -1 : _next - 1;

    public void Set(int child)
    {
        _next = child < 0 ? -1 : child + 1;
        _isOffered = false;
    }

    public void Clear() => _next = 0;

    /// <summary>Takes the child, if it is this one.</summary>
    public bool TryTake(int child)
    {
        if (_next != child + 1)
        {
            return false;
        }

        _next = 0;
        return true;
    }

    /// <summary>Has all children offered once more.</summary>
    /// <returns>Whether that was not done already: otherwise nobody wants this one.</returns>
    public bool TryOffer()
    {
        bool isFirst = !_isOffered;
        _isOffered = true;
        return isFirst;
    }
}
