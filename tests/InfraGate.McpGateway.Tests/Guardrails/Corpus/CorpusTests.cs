using System.Globalization;
using System.Text;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Redaction.Hidden;
using Xunit.Abstractions;

namespace InfraGate.McpGateway.Tests.Guardrails.Corpus;

public sealed class CorpusTests(ITestOutputHelper output)
{
    private readonly CredentialDetector credentials = new();
    private readonly InjectionDetector injections = new();

    [Fact]
    public void The_corpus_is_large_and_half_of_it_is_harmless()
    {
        var all = CorpusCase.All;
        all.Count.ShouldBeGreaterThanOrEqualTo(240);
        (all.Count(c => c.About == CorpusCase.Harmless) * 2).ShouldBeGreaterThanOrEqualTo(all.Count);
        all.Select(c => c.Id).ShouldBeUnique();
    }

    [Fact]
    public void Every_credential_of_the_corpus_is_hidden_to_its_last_character()
    {
        var cases = CorpusCase.All.Where(c => c.About == CorpusCase.Credential).ToList();
        var missed = cases.Where(c => !Hides(c)).ToList();
        var recall = 1 - ((double)missed.Count / cases.Count);
        output.WriteLine($"credentials: {cases.Count} cases, recall {recall.ToString("0.000", CultureInfo.InvariantCulture)}");
        missed.Select(Describe).ShouldBeEmpty();
    }

    [Fact]
    public void Every_injection_of_the_corpus_is_flagged_with_its_category()
    {
        var cases = CorpusCase.All.Where(c => c.About == CorpusCase.Injection).ToList();
        var missed = cases.Where(c => !Flags(c.Text).Contains(c.Kind, StringComparer.Ordinal)).ToList();
        foreach (var category in cases.GroupBy(c => c.Kind, StringComparer.Ordinal))
        {
            output.WriteLine($"{category.Key}: {category.Count()} cases, recall {(1 - ((double)category.Count(missed.Contains) / category.Count())).ToString("0.000", CultureInfo.InvariantCulture)}");
        }

        missed.Select(c => $"{c.Id} {c.Text} -> [{string.Join(',', Flags(c.Text))}]").ShouldBeEmpty();
    }

    [Fact]
    public void At_most_two_of_a_hundred_harmless_texts_raise_an_alarm()
    {
        var harmless = CorpusCase.All.Where(c => c.About == CorpusCase.Harmless).ToList();
        var alarms = harmless.Where(c => !Clean(c.Text).SequenceEqual(c.Text) || Flags(c.Text).Count > 0).ToList();
        var hits = CorpusCase.All.Count(c => c.About != CorpusCase.Harmless);
        output.WriteLine($"harmless: {harmless.Count} cases, {alarms.Count} false alarms, precision {((double)hits / (hits + alarms.Count)).ToString("0.000", CultureInfo.InvariantCulture)}");
        foreach (var alarm in alarms)
        {
            output.WriteLine($"  {alarm.Id} {alarm.Kind}: {Clean(alarm.Text)} [{string.Join(',', Flags(alarm.Text))}]");
        }

        ((double)alarms.Count / harmless.Count).ShouldBeLessThanOrEqualTo(0.02);
    }

    [Fact]
    public void What_surrounds_a_credential_stays_readable()
    {
        var cases = CorpusCase.All.Where(c => c.About == CorpusCase.Credential).ToList();
        var excess = cases.Sum(c => credentials.Find(c.Text).Sum(span => span.Length) - c.Secrets.Sum(secret => secret.End - secret.Start));
        var total = cases.Sum(c => c.Text.Length - c.Secrets.Sum(secret => secret.End - secret.Start));
        output.WriteLine($"hidden beyond the credentials: {excess} of {total} characters");
        ((double)excess / total).ShouldBeLessThan(0.05);
    }

    private bool Hides(CorpusCase test)
    {
        var spans = credentials.Find(test.Text);
        return test.Secrets.All(secret => Enumerable.Range(secret.Start, secret.End - secret.Start).All(i => spans.Any(span => span.Start <= i && i < span.End)))
            && Hides(test, Clean(test.Text));
    }

    // The guardrail removes hidden characters before it looks; the credential must be gone from that path as well.
    private static bool Hides(CorpusCase test, string clean) =>
        test.Secrets.All(secret => HiddenText.Remove(test.Text[secret.Start..secret.End], out _) is var visible && !clean.Contains(visible, StringComparison.Ordinal));

    private string Clean(string text) => new TextGuard(credentials, injections, redactInjection: false).Clean(text, new GuardrailFindings());

    private List<string> Flags(string text) => [.. injections.Find(HiddenText.Remove(text, out _)).Select(span => span.Category.Slug())];

    private string Describe(CorpusCase test)
    {
        var line = new StringBuilder(test.Id).Append(' ').Append(test.Kind).Append(": ").Append(test.Text).Append("  ->");
        foreach (var span in credentials.Find(test.Text))
        {
            line.Append(CultureInfo.InvariantCulture, $" [{span.Kind} {test.Text.AsSpan(span.Start, span.Length)}]");
        }

        return line.ToString();
    }
}
