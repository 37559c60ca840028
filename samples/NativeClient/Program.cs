using System.Text;
using System.Xml;
using CiCodegen.Runtime;
using NativeClient.CiJobs;

// Writes and reads documents in every lane and, given an endpoint, submits a job and waits for it. Nothing here needs reflection.
VideoTargetRecRequest request = new() { Input = new() { Object = "input/demo.mp4" }, Operation = new() { VideoTargetRec = new() { Body = true, Car = true } } };
byte[] xml = CiXml.ToBytes(request);
VideoTargetRecRequest fromXml = CiXml.Read<VideoTargetRecRequest>(xml);
VideoTargetRecRequest fromJson = VideoTargetRecRequest.FromJson(request.ToJson());
using XmlReader reader = XmlReader.Create(new MemoryStream(xml));
VideoTargetRecRequest fromReader = CiXmlInterop.Read<VideoTargetRecRequest>(reader);
bool same = new[] { fromXml, fromJson, fromReader }.All(read => CiXml.ToBytes(read).AsSpan().SequenceEqual(xml));
Console.WriteLine($"round trips: {(same ? "the same bytes" : "DIFFERENT BYTES")}");

request.Operation.JobLevel = "7";
Console.WriteLine($"violations: {string.Join(", ", request.Validate().Violations.Select(v => v.Path))}");
request.Operation.JobLevel = null;

byte[] body = Encoding.UTF8.GetBytes("""{"EventName":"TaskFinish","JobsDetail":{"Code":"Success","JobId":"j1","State":"Success","Tag":"VideoTargetRec"}}""");
CiCallback callback = new CiCallbackParser(CiTagCatalog.All).Parse(body);
Console.WriteLine($"callback: {callback.Jobs[0].GetType().Name} {callback.Jobs[0].JobId}");

if (args is [string endpoint])
{
    CiClientOptions options = new() { Bucket = "demo-1250000000", Region = "ap-chongqing", Endpoint = new Uri(endpoint), Wait = new() { InitialDelay = TimeSpan.FromMilliseconds(100) } };
    using HttpClient http = new(CiClient.CreateHandler());
    CiClient client = new(http, options, new EnvironmentCredentialProvider());
    VideoTargetRecJob job = await client.SubmitAsync(request);
    job = await client.WaitAsync<VideoTargetRecJob>(job.JobId!);
    Console.WriteLine($"job: {job.State}, {job.Operation?.VideoTargetRecResult?.BodyRecognition.Count ?? 0} bodies");
}

return same ? 0 : 1;
