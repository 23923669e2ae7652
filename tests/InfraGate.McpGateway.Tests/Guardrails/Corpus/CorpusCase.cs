using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.McpGateway.Tests.Guardrails.Corpus;

/// <summary>
/// A line of <c>corpus.jsonl</c>. What must be hidden stands between « and »; ¦ breaks a credential's telling prefix, so that scanners of this
/// repository do not take made-up credentials for real ones, and is taken out on reading.
/// </summary>
public sealed record CorpusCase(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("about")] string About,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("text")] string Marked)
{
    public const string Credential = "credential";
    public const string Injection = "injection";
    public const string Harmless = "harmless";

    public string Text => Plain(Marked).Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

    /// <summary>The places of the text that must be hidden.</summary>
    public IReadOnlyList<(int Start, int End)> Secrets
    {
        get
        {
            var secrets = new List<(int, int)>();
            var (position, start) = (0, 0);
            foreach (var c in Plain(Marked))
            {
                switch (c)
                {
                    case '«':
                        start = position;
                        break;
                    case '»':
                        secrets.Add((start, position));
                        break;
                    default:
                        position++;
                        break;
                }
            }

            return secrets;
        }
    }

    public static IReadOnlyList<CorpusCase> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Guardrails", "Corpus", "corpus.jsonl")).Select(line => JsonSerializer.Deserialize<CorpusCase>(line)!)];

    private static string Plain(string marked) => marked.Replace("¦", "", StringComparison.Ordinal);
}
