using System.Text;

namespace InfraGate.Bench.Guardrails;

/// <summary>Texts for the guardrail: ordinary logs, and ones made to be slow.</summary>
internal static class ScanTexts
{
    private static readonly string[] Lines =
    [
        """10.1.3.17 - - [20/Nov/2026:06:12:41 +0000] "GET /catalogue/items?page=3&size=20 HTTP/1.1" 200 5123 "-" "Mozilla/5.0 (X11; Linux x86_64)" """,
        """{"ts":"2026-11-20T06:12:41.118Z","level":"info","logger":"shop.orders","msg":"order accepted","orderId":"58213","items":3,"durationMs":12}""",
        """2026-11-20 06:12:41.204 INFO  [main] c.e.shop.Catalogue - Loaded 1342 items from the catalogue in 87 ms (cache hit rate 0.93)""",
        """W1120 06:12:41.337421       1 reflector.go:324] watch of *v1.Pod ended with: too old resource version: 81234 (82001)""",
        """    at InfraShop.Orders.OrderService.PlaceAsync(Order order, CancellationToken cancel) in /src/Orders/OrderService.cs:line 118""",
    ];

    /// <summary>Log lines as web servers, services and controllers write them, none of them secret.</summary>
    public static string OrdinaryLog(int characters)
    {
        var text = new StringBuilder(characters + 256);
        for (var i = 0; text.Length < characters; i++)
            text.Append(Lines[i % Lines.Length]).Append(' ').Append(i).Append('\n');
        return text.ToString(0, characters);
    }

    /// <summary>Texts that make a careless scanner slow, by what they abuse.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Hostile { get; } = new Dictionary<string, Func<int, string>>
    {
        ["one letter"] = length => new string('a', length),
        ["anchors without values"] = length => Repeat("password=", length),
        ["openings of keys"] = length => Repeat("-----BEGIN PRIVATE KEY-----\n", length),
        ["dots of tokens"] = length => Repeat("eyJ.", length),
        ["base64 in base64"] = length => Repeat(Convert.ToBase64String(Encoding.UTF8.GetBytes("Bearer " + new string('x', 40))), length),
        ["escapes"] = length => Repeat("\\u0070\\\\u0061", length),
        ["invisible characters"] = length => Repeat("p\u200ba\u200bs\u200bs", length),
        ["halves of instructions"] = length => Repeat("ignore all previous ", length),
    };

    private static string Repeat(string part, int length)
    {
        var text = new StringBuilder(length + part.Length);
        while (text.Length < length)
            text.Append(part);
        return text.ToString(0, length);
    }
}
