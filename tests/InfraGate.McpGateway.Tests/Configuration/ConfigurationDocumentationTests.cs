using System.Text.RegularExpressions;
using InfraGate.RealParts.Files;

namespace InfraGate.McpGateway.Tests.Configuration;

/// <summary>The page and the code name the same variables and metrics.</summary>
public sealed partial class ConfigurationDocumentationTests
{
    // The gateway sets these for its server; the page says in words that operators must not.
    private static readonly string[] s_notForOperators = ["INFRA_GATE_GRANT_PUBLIC_KEY", "INFRA_GATE_GATEWAY_PID"];

    private static readonly string s_page = File.ReadAllText(RepositoryFolders.InRepository("docs", "configuration.md"));

    [Theory]
    [InlineData("InfraGate.McpGateway", "## Gateway")]
    [InlineData("InfraGate.McpServer", "## Server")]
    [InlineData("InfraGate.DevIssuer", "## Dev issuer")]
    public void The_page_has_a_row_for_each_variable_that_a_process_reads_and_no_other(string project, string heading)
    {
        // Gateway and server read some variables both; each has one row.
        var read = VariablesIn(project).Except(s_notForOperators).ToList();
        var documented = VariablesUnder(heading);

        read.Except(documented).Except(VariablesUnder("## Gateway")).Except(VariablesUnder("## Server")).ShouldBeEmpty("Read by the code, missing on the page.");
        documented.Except(read).ShouldBeEmpty("On the page, read by no code.");
    }

    [Fact]
    public void The_page_lists_each_metric_and_no_other() =>
        MetricRow().Matches(s_page).Select(row => row.Groups["name"].Value).Order()
            .ShouldBe(SourcesOf("InfraGate.McpGateway").SelectMany(source => MetricName().Matches(source)).Select(name => name.Groups["name"].Value).Distinct().Order());

    private static IEnumerable<string> VariablesIn(string project) =>
        SourcesOf(project).SelectMany(source => QuotedVariable().Matches(source)).Select(match => match.Groups["name"].Value).Distinct();

    private static List<string> VariablesUnder(string heading)
    {
        var start = s_page.IndexOf(heading, StringComparison.Ordinal);
        var end = s_page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. s_page[start..end].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => DocumentedVariable().Matches(line.Split('|')[1]))
            .Select(match => match.Groups["name"].Value)];
    }

    private static IEnumerable<string> SourcesOf(string project) =>
        Directory.EnumerateFiles(RepositoryFolders.InRepository("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex("\"(?<name>(?:(?:INFRA_GATE|K8S_MCP|DEV_ISSUER|SESSION)_[A-Z][A-Z0-9_]*[A-Z0-9])|KUBECONFIG|OTEL_EXPORTER_OTLP_ENDPOINT)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedVariable();

    [GeneratedRegex("`(?<name>[A-Z][A-Z0-9_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DocumentedVariable();

    [GeneratedRegex(@"^\| `(?<name>mcp_[a-z_]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricRow();

    [GeneratedRegex("\"(?<name>mcp_[a-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();
}
