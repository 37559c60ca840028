namespace CiCodegen.Runtime.Tests;

public sealed class ValidationResultTests
{
    [Fact]
    public void Default_IsValidAndEmpty()
    {
        CiValidationResult result = default;
        Assert.True(result.IsValid);
        Assert.Empty(result.Violations);
        result.ThrowIfInvalid();
    }
}
