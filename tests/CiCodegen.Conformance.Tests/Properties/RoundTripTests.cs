using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using CiCodegen.Runtime;
using CsCheck;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>What a value is written as reads back equal, in and between all lanes.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Tags => [.. Models.All.Select(t => t.Model.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Request_ReadsBackEqualInEveryLane(string name)
    {
        BoundTag tag = Models.Find(name);
        Values.Of(tag.Model.Request).Sample(value => EveryLane(tag, value, isRequest: true), iter: Effort.Iterations);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Response_ReadsBackEqualInEveryLane(string name)
    {
        BoundTag tag = Models.Find(name);
        Values.Of(tag.Model.Response).Sample(value => EveryLane(tag, value, isRequest: false), iter: Effort.Iterations);
    }

    private static void EveryLane(BoundTag tag, JsonObject value, bool isRequest)
    {
        string expected = Canonical.Of(value);
        CiTagBinding binding = tag.Binding;
        byte[] json = Encoding.UTF8.GetBytes(value.ToJsonString());
        object typed = isRequest ? binding.ReadRequestJson(json) : binding.ReadResponseJson(json);
        Assert.Equal(expected, Canonical.Of(binding, typed));

        ArrayBufferWriter<byte> xml = new();
        binding.Write(typed, xml);
        byte[] interop = Interop(binding, typed);
        Assert.Equal(Encoding.UTF8.GetString(xml.WrittenSpan), Encoding.UTF8.GetString(interop));
        byte[] document = xml.WrittenSpan.ToArray();
        Assert.Equal(expected, Canonical.Of(binding, isRequest ? binding.ReadRequest(document) : binding.ReadResponse(document)));
        Assert.Equal(expected, Canonical.Of(binding, isRequest ? binding.ReadRequestInterop(document) : binding.ReadResponseInterop(document)));
        byte[] utf16 = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(document))];
        Assert.Equal(expected, Canonical.Of(binding, isRequest ? binding.ReadRequest(utf16) : binding.ReadResponse(utf16)));
    }

    private static byte[] Interop(CiTagBinding binding, object typed)
    {
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None }))
        {
            binding.Write(typed, writer);
        }

        return stream.ToArray();
    }
}
