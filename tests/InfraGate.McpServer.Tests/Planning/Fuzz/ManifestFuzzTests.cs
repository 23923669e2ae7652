using System.Text;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Planning.Masking;
using InfraGate.McpServer.Tests.Fuzzing;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Tests.Planning.Fuzz;

/// <summary>
/// Feeds the manifest parser what no one would write. It may refuse, with a place; nothing else may come out of it, in at most two seconds of work and 256 MiB a manifest.
/// <c>eng/fuzz.sh</c> runs it for longer and with another seed.
/// </summary>
[Collection(AloneInTheProcess.Name)]
public sealed class ManifestFuzzTests
{
    private static readonly ManifestParser Parser = new(TimeProvider.System);
    private static readonly CredentialDetector Detector = new();

    [Fact]
    public void Mutated_manifests_are_read_or_refused_within_the_bounds()
    {
        var source = new ManifestMutator(FuzzRun.Seed);
        var (read, refused) = (0, 0);
        for (var round = 0; round < FuzzRun.Rounds; round++)
        {
            if (Feed(source.Next(), $"seed {FuzzRun.Seed}, round {round}"))
            {
                read++;
            }
            else
            {
                refused++;
            }
        }

        read.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(0);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "one long key", new string('a', 250_000) + ": b" },
        { "one long line of spaces", new string(' ', 250_000) + "a: b" },
        { "many keys", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i}: v\n")) },
        { "many anchors", string.Concat(Enumerable.Range(0, 15_000).Select(i => $"k{i}: &a{i} v\n")) },
        { "many documents", string.Concat(Enumerable.Repeat("---\n", 60_000)) },
        { "many flow commas", "[" + string.Concat(Enumerable.Repeat(",", 200_000)) },
        { "many quotes", string.Concat(Enumerable.Repeat("\"", 200_000)) },
        { "many question marks", string.Concat(Enumerable.Repeat("? ", 120_000)) },
        { "many colons", string.Concat(Enumerable.Repeat(": ", 120_000)) },
        { "many pipes", string.Concat(Enumerable.Repeat("a: |\n", 50_000)) },
        { "many comments", string.Concat(Enumerable.Repeat("#\n", 120_000)) },
        { "many JSON values", "{\"a\":[" + string.Concat(Enumerable.Repeat("1,", 120_000)) + "1]}" },
        { "one JSON string on one line", "{\"a\":\"" + string.Concat(Enumerable.Repeat("é", 120_000)) + "\"}" },
        { "many JSON keys on one line", "{" + string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"\"é{i}\":\"é\"")) + "}" },
        { "a folded text", "a: >\n" + string.Concat(Enumerable.Repeat("  b\n\n", 40_000)) },
        { "a quoted text over many lines", "a: \"" + string.Concat(Enumerable.Repeat("b\n\n", 80_000)) + "\"" },
        { "many escapes", "a: \"" + string.Concat(Enumerable.Repeat("\\x41", 60_000)) + "\"" },
        { "many directives", string.Concat(Enumerable.Repeat("%YAML 1.2\n", 25_000)) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Manifests_made_to_cost_much_cost_little(string what, string text) => Feed(text, what);

    /// <returns>Whether it was read rather than refused.</returns>
    private static bool Feed(string text, string what)
    {
        var cost = FuzzRun.Begin(GC.GetAllocatedBytesForCurrentThread);
        try
        {
            var manifest = Parser.Parse(text, "shop");
            ManifestMask.View(Detector, manifest).ShouldNotBeNull();
            return true;
        }
        catch (ManifestException refusal)
        {
            refusal.Position.Line.ShouldBeGreaterThan(0, what);
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}: {exception.GetType().Name} from {Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Length <= 4000 ? text : text[..4000]))}", exception);
        }
        finally
        {
            cost.ShouldBeSmall(what);
        }
    }
}
