using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

public sealed class ClientTemplateListTests
{
    private static string Page(int total, params string[] ids)
        => $"<Response><TotalCount>{total}</TotalCount>{string.Concat(ids.Select(id => $"<TemplateList><TemplateId>{id}</TemplateId></TemplateList>"))}</Response>";

    private static async Task<List<string?>> ListAsync(FakeService service)
    {
        List<string?> ids = [];
        await foreach (TestTemplate template in service.Client().ListTemplatesAsync<TestTemplate>(new CiTemplateQuery { PageSize = 2 }))
        {
            ids.Add(template.TemplateId);
        }

        return ids;
    }

    [Fact]
    public async Task PageThatComesAgainAndAgain_EndsTheList()
    {
        FakeService service = new FakeService().Answers(HttpStatusCode.OK, Page(1_000_000, "t1", "t2"));
        CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(() => ListAsync(service));
        Assert.Contains("circle", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task PageThatRepeatsOnce_DoesNot()
    {
        // A template was made while the list was read: all others moved.
        FakeService service = new FakeService().Answers(
            _ => FakeService.Answer(HttpStatusCode.OK, Page(5, "t1", "t2")),
            _ => FakeService.Answer(HttpStatusCode.OK, Page(7, "t1", "t2")),
            _ => FakeService.Answer(HttpStatusCode.OK, Page(7, "t3", "t4")),
            _ => FakeService.Answer(HttpStatusCode.OK, Page(7, "t5")));
        Assert.Equal(["t1", "t2", "t1", "t2", "t3", "t4", "t5"], await ListAsync(service));
    }

    private sealed class TestTemplate : CiTemplate, ICiTemplate<TestTemplate>
    {
        private static readonly CiNodeTable s_nodes = new(CiNode.One("TemplateId"));

        public static string TemplateTag => "TestTag";

        public static TestTemplate Read<TReader>(TReader reader)
            where TReader : struct, ICiReader
        {
            TestTemplate template = new();
            reader.Enter(s_nodes);
            do
            {
                template.TemplateId ??= reader.ReadString(0);
            }
            while (reader.More(null));

            return template;
        }

        public static ICiTemplateResponse<TestTemplate> ReadResponse<TReader>(TReader reader)
            where TReader : struct, ICiReader
            => Response.Read(reader);

        public void Write<TWriter>(ref TWriter writer)
            where TWriter : struct, ICiWriter
            => throw new NotSupportedException();
    }

    private sealed class Response : ICiTemplateResponse<TestTemplate>
    {
        private static readonly CiNodeTable s_nodes = new(CiNode.One("TotalCount"), CiNode.Many("TemplateList"));

        public TestTemplate? Template => null;

        public List<TestTemplate> TemplateList { get; } = [];

        public int? TotalCount { get; private set; }

        public static Response Read<TReader>(TReader reader)
            where TReader : struct, ICiReader
        {
            Response response = new();
            reader.Enter(s_nodes);
            do
            {
                response.TotalCount ??= reader.ReadInt32(0);
                while (reader.Is(1))
                {
                    response.TemplateList.Add(TestTemplate.Read(reader));
                }
            }
            while (reader.More(null));

            return response;
        }
    }
}
