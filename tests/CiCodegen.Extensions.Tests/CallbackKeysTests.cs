namespace CiCodegen.Extensions.Tests;

public sealed class CallbackKeysTests
{
    private readonly CallbackKeys _keys = new();

    private static CiStoredCallback Callback(string key) => new(key, key, null, default, default);

    [Fact]
    public void WhatIsInHand_IsNotTakenFromTheList()
    {
        _keys.BeginList();
        _keys.Begin("a");
        Assert.NotNull(_keys.End(Callback("a"), isNew: true));
        Assert.False(_keys.TryTake(Callback("a")));

        // The list may be older than the end of the work.
        _keys.Done("a");
        Assert.False(_keys.TryTake(Callback("a")));
        _keys.EndList();
        Assert.True(_keys.TryTake(Callback("a")));
        Assert.Equal(1, _keys.InHand);
    }

    [Fact]
    public void WhatTheListBrings_WhileItComesAgain_IsHandledOnce()
    {
        _keys.BeginList();
        CiStoredCallback listed = Callback("a");
        _keys.Begin("a");
        _keys.Begin("a");
        Assert.False(_keys.TryTake(listed));
        Assert.Null(_keys.End(Callback("a"), isNew: false));
        Assert.Same(listed, _keys.End(Callback("a"), isNew: false));
        Assert.False(_keys.TryTake(listed));
        _keys.Begin("a");
        Assert.Null(_keys.End(Callback("a"), isNew: false));
    }

    [Fact]
    public void WhatIsNew_IsHandledOnce_ThoughTheListBringsItFirst()
    {
        _keys.BeginList();
        CiStoredCallback came = Callback("a");
        _keys.Begin("a");
        Assert.False(_keys.TryTake(Callback("a")));
        Assert.Same(came, _keys.End(came, isNew: true));
        Assert.False(_keys.TryTake(Callback("a")));
    }

    [Fact]
    public void WhatTheStoreMayHaveKept_IsHandledWhenItComesAgain()
    {
        CiStoredCallback again = Callback("a");
        _keys.Begin("a");
        Assert.Null(_keys.End(Callback("a"), isNew: null));
        _keys.Begin("a");
        Assert.Same(again, _keys.End(again, isNew: false));
        _keys.Done("a");
        _keys.Begin("a");
        Assert.Null(_keys.End(Callback("a"), isNew: false));
        Assert.Equal(0, _keys.InHand);
    }

    [Fact]
    public void WhatIsForgotten_IsNewAgain()
    {
        _keys.BeginList();
        _keys.Begin("a");
        Assert.NotNull(_keys.End(Callback("a"), isNew: true));
        _keys.Done("a");
        _keys.Begin("a");
        Assert.NotNull(_keys.End(Callback("a"), isNew: true));
        Assert.Equal(1, _keys.InHand);
    }
}
