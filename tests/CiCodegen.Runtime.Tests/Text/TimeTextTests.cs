using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CiCodegen.Runtime.Tests;

/// <summary>Times are parsed eight bytes at once: every byte in every place is judged as a grammar and the framework judge it one by one.</summary>
public sealed partial class TimeTextTests
{
    [Theory]
    [InlineData("2022-06-27T15:23:10+0800")]
    [InlineData("1999-12-31 23:59:59.1234567-03:30")]
    [InlineData("0001-01-02T00:00:00Z")]
    [InlineData("9999-12-29T19:08:07.5+1400")]
    public void TryTime_AnyByteInAnyPlace_IsJudgedAsTheGrammarSays(string time)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(time);
        int read = 0;
        for (int place = 0; place < bytes.Length; place++)
        {
            byte kept = bytes[place];
            for (int unit = 0; unit < 256; unit++)
            {
                bytes[place] = (byte)unit;
                string text = Encoding.Latin1.GetString(bytes);
                DateTimeOffset? expected = Expected(text);
                DateTimeOffset? actual = ScalarText.TryTime(bytes, out DateTimeOffset value) ? value : null;
                Assert.True(expected == actual && expected?.Offset == actual?.Offset, $"'{text}' is {actual:o}, not {expected:o}");
                read += actual is null ? 0 : 1;
            }

            bytes[place] = kept;
        }

        // Each place takes what is there, and most take more.
        Assert.InRange(read, bytes.Length + 20, bytes.Length * 10);
    }

    [Fact]
    public void TryTime_CutAnywhere_IsNoTime()
    {
        byte[] bytes = "2022-06-27T15:23:10+0800"u8.ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(ScalarText.TryTime(bytes.AsSpan(0, length), out _), $"{length} bytes");
        }
    }

    private static DateTimeOffset? Expected(string text)
    {
        Match match = Grammar().Match(text);
        if (!match.Success)
        {
            return null;
        }

        string offset = match.Groups["z"].Success ? "+00:00" : match.Groups["s"].Value + match.Groups["h"].Value + ":" + match.Groups["m"].Value;
        string fraction = (match.Groups["f"].Value + "0000000")[..7];
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["d"].Value}T{match.Groups["t"].Value}.{fraction}{offset}", "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset value) ? value : null;
    }

    [GeneratedRegex("^(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?<t>[0-9]{2}:[0-9]{2}:[0-9]{2})([.](?<f>[0-9]+))?((?<z>Z)|(?<s>[+-])(?<h>[0-9]{2}):?(?<m>[0-9]{2}))\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
