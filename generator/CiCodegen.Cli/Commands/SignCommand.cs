using System.CommandLine;
using System.Text.Json;
using CiCodegen.Cli.Documents;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>sign</c>: the <c>Authorization</c> of one request, or of many.</summary>
internal static class SignCommand
{
    public static Command Create(CliContext cli)
    {
        Option<string> method = new("--method") { Description = "The HTTP method.", HelpName = "GET|POST|…", DefaultValueFactory = _ => "GET" };
        Option<string> path = new("--path") { Description = "The path, decoded.", HelpName = "path", DefaultValueFactory = _ => "/" };
        Option<string[]> query = new("--query") { Description = "A parameter to sign, decoded; may be given more than once.", HelpName = "name=value" };
        Option<string[]> header = new("--header") { Description = "A header to sign; may be given more than once.", HelpName = "name:value" };
        Option<string?> keyTime = new("--key-time") { Description = "When the signature holds, as two Unix times; without it, from now on for 15 minutes.", HelpName = "start;end" };
        CredentialOptions credentials = new();
        Option<bool> explain = new("--explain") { Description = "Show every intermediate string, the derived key among them: treat it as a secret." };
        Option<bool> batch = new("--batch") { Description = "Read JSON lines on stdin and answer each with one JSON line on stdout." };
        Command command = new("sign", "Print the Authorization header of a request.")
        {
            method, path, query, header, keyTime, credentials.SecretId, credentials.SecretKey, explain, batch,
        };
        cli.Handle(command, async run =>
        {
            if (run.Get(batch))
            {
                return await Batch.RunAsync(run, static (line, w) => Write(w, Sign(line)));
            }

            CiSignature signature = CiSigner.Sign(
                credentials.Get(run),
                run.Get(method)!,
                run.Get(path)!,
                Pairs(run.Get(query), '=', "--query"),
                Pairs(run.Get(header), ':', "--header"),
                KeyTime(run, run.Get(keyTime)));
            Print(run, signature, run.Get(explain));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Invocation run, CiSignature signature, bool explain)
    {
        if (run.IsJson)
        {
            run.WriteJson(w => Write(w, signature));
            return;
        }

        if (explain)
        {
            run.Out.Write($"SignKey (secret)\n{signature.SignKey}\n\nHttpString\n{signature.HttpString}\nStringToSign\n{signature.StringToSign}\nSignature\n{signature.Signature}\n\nAuthorization\n");
        }

        run.Out.Write(signature.Authorization + "\n");
    }

    private static CiSignature Sign(BatchLine line)
    {
        try
        {
            return CiSigner.Sign(
                new CiCredentials(line.Needed("secret_id"), line.Needed("secret_key"), line.Text("token")),
                line.Needed("method"),
                line.Needed("path"),
                Pairs(line, "query"),
                Pairs(line, "headers"),
                CiKeyTime.Parse(line.Needed("key_time")));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw Batch.Bad(e.Message);
        }
    }

    private static List<KeyValuePair<string, string?>> Pairs(BatchLine line, string name)
    {
        List<KeyValuePair<string, string?>> pairs = [];
        if (!line.Element.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return pairs;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Batch.Bad($"'{name}' must be an array of pairs, each an array of two texts.");
        }

        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String || pair[1].ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                throw Batch.Bad($"'{name}' must be an array of pairs, each an array of two texts.");
            }

            pairs.Add(new(pair[0].GetString()!, pair[1].GetString()));
        }

        return pairs;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Pairs(string[]? texts, char separator, string option)
    {
        foreach (string text in texts ?? [])
        {
            int at = text.IndexOf(separator);
            if (at == 0 || (at < 0 && separator == ':'))
            {
                throw new CliException(CliException.Usage, $"{option} '{text}' has no name; write it as in name{separator}value.");
            }

            // White space round a header's value is not part of it.
            string value = at < 0 ? "" : text[(at + 1)..];
            yield return new(at < 0 ? text : text[..at], separator == ':' ? value.Trim() : value);
        }
    }

    private static CiKeyTime KeyTime(Invocation run, string? text)
        => text is null ? CiKeyTime.From(run.Host.Time.GetUtcNow(), TimeSpan.FromMinutes(15))
            : CiKeyTime.TryParse(text, out CiKeyTime time) ? time
            : throw new CliException(CliException.Usage, $"'{text}' is no key time; expected are two Unix times in seconds as in 1557989753;1557996953.");

    private static void Write(Utf8JsonWriter writer, CiSignature signature)
    {
        writer.WriteStartObject();
        writer.WriteString("sign_key", signature.SignKey);
        writer.WriteString("http_string", signature.HttpString);
        writer.WriteString("string_to_sign", signature.StringToSign);
        writer.WriteString("signature", signature.Signature);
        writer.WriteString("q_header_list", signature.HeaderList);
        writer.WriteString("q_url_param_list", signature.UrlParamList);
        writer.WriteString("authorization", signature.Authorization);
        writer.WriteEndObject();
    }
}
