using System.Text;
using CiCodegen.Runtime;
using CiCodegen.Schema;
using CsCheck;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>However a value is laid out, in whatever order its siblings stand, it reads as the same value.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string, bool> Documents => [.. Models.All.SelectMany(t => new[] { (t.Model.Tag, true), (t.Model.Tag, false) })];

    [Theory]
    [MemberData(nameof(Documents))]
    public void AnyLayout_ReadsAsTheSameValue(string name, bool isRequest)
    {
        BoundTag tag = Models.Find(name);
        NodeModel root = isRequest ? tag.Model.Request : tag.Model.Response;
        Gen.Select(Values.Of(root), Gen.Int).Sample(
            (value, seed) =>
            {
                string document = Layout.Of(root, value, seed).Document;
                byte[] bytes = Encoding.UTF8.GetBytes(document);
                Outcome outcome = Lanes.Xml(bytes, isRequest ? Form.Request : Form.Response, tag.Binding);
                Assert.True(outcome.Error is null, $"{outcome}\nin: {document}");
                CiTagBinding binding = tag.Binding;
                Assert.Equal(Canonical.Of(value, isSorted: true), Canonical.Of(binding, isRequest ? binding.ReadRequest(bytes) : binding.ReadResponse(bytes), isSorted: true));
            },
            iter: Effort.Iterations);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void AnyJsonLayout_ReadsAsTheSameValue(string name, bool isRequest)
    {
        BoundTag tag = Models.Find(name);
        NodeModel root = isRequest ? tag.Model.Request : tag.Model.Response;
        Gen.Select(Values.Of(root), Gen.Int).Sample(
            (value, seed) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(JsonLayout.Of(root, value, seed));
                object typed = isRequest ? tag.Binding.ReadRequestJson(bytes) : tag.Binding.ReadResponseJson(bytes);
                Assert.Equal(Canonical.Of(value, isSorted: true), Canonical.Of(tag.Binding, typed, isSorted: true));
            },
            iter: Effort.Iterations);
    }
}
