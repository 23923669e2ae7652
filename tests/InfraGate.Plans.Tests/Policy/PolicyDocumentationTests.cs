using System.Text.RegularExpressions;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage.Sql;
using InfraGate.RealParts.Files;

namespace InfraGate.Plans.Tests.Policy;

public sealed partial class PolicyDocumentationTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFolders.InRepository("docs", "policy.md"));

    [Fact]
    public void The_example_on_the_page_is_a_good_policy()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, ExamplePattern().Match(Page).Groups["yaml"].Value);

            PolicyFile.Open(path).Current.EffectiveFor("payments", PlanOperation.Apply).ApprovalsNeeded.ShouldBe(2);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_page_lists_every_finding_with_its_severity() =>
        RowPattern().Matches(Page).Select(row => $"{row.Groups["code"].Value} {row.Groups["severity"].Value}")
            .ShouldBe(FindingCodes.All.Select(code => $"{code} {WireNames.Of(FindingCodes.DefaultSeverity(code))}"));

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"^\| `(?<code>[a-z-]+)` \| (?<severity>info|warn|acknowledge|block) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowPattern();
}
