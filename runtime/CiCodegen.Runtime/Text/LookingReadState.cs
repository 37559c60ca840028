using System.Runtime.CompilerServices;

namespace CiCodegen.Runtime;

/// <summary>What a lane keeps that looks which child comes, and waits until it is asked for it.</summary>
internal abstract class LookingReadState
{
    private CiDueChild _due;

    /// <summary>How many children the innermost container knows.</summary>
    protected abstract int KnownCount { get; }

    /// <summary>Whether a child comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(int child)
    {
        if (_due.IsNothing)
        {
            Look();
        }

        return _due.TryTake(child);
    }

    /// <summary>Whether a child comes that was offered before; what no child is, and what none took, is passed over.</summary>
    public bool More(CiContainer? into)
    {
        if (_due.IsNothing)
        {
            Look();
        }

        for (; _due.Child >= 0; Look())
        {
            bool isKnown = _due.Child < KnownCount;
            if (isKnown && _due.TryOffer())
            {
                return true;
            }

            if (isKnown || into is null)
            {
                SkipChild();
            }
            else
            {
                ReadExtras(into.Extras);
            }
        }

        _due.Clear();
        return false;
    }

    /// <summary>Forgets which child comes.</summary>
    protected void ClearDue() => _due.Clear();

    /// <summary>Moves to the next child.</summary>
    /// <returns>Its index; <see cref="KnownCount"/> for an unknown one that is to be kept; -1 when the container has ended, which is left then.</returns>
    protected abstract int Next();

    /// <summary>Passes over the child that was met.</summary>
    protected abstract void SkipChild();

    /// <summary>Reads the unknown child that was met, to its end.</summary>
    protected abstract void ReadExtras(List<CiExtra> into);

    private void Look() => _due.Set(Next());
}
