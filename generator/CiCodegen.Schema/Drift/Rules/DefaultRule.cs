namespace CiCodegen.Schema;

/// <summary>What the service assumes: calls that leave the node out mean something else.</summary>
internal sealed class DefaultRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        string? old = Value(before);
        string? now = Value(after);
        return old == now ? [] : [DriftRules.Event("ChangedDefault", after, DriftSeverity.Warning, before.Fact(FactKeys.Default), after.Fact(FactKeys.Default))];
    }

    // A default in words is worded anew from one version to the next: the wording is no change.
    private static string? Value(DriftNode node)
        => node.Fact(FactKeys.Default) is not { } text ? null : text.StartsWith("(", StringComparison.Ordinal) ? "(in words)" : text;
}
