using InfraGate.RealParts.Files;

namespace InfraGate.EndToEnd.Tests.Skill;

/// <summary>The commands of the shipped skill, as they are written there.</summary>
internal static class SkillCommands
{
    private const string Fence = "```";

    private static readonly string[] Blocks = [.. Read()];

    /// <summary>The request by curl that shows how the raw endpoint answers.</summary>
    public static string Initialize => Blocks.Single(block => block.StartsWith("curl -i", StringComparison.Ordinal));

    public static string StartIssuer => Blocks.Single(block => block.StartsWith("dotnet run", StringComparison.Ordinal));

    public static string StartGateway => Blocks.Single(block => block.Contains("export INFRA_GATE_OAUTH_AUTHORITY", StringComparison.Ordinal));

    private static IEnumerable<string> Read()
    {
        var text = File.ReadAllText(RepositoryFolders.InRepository("skills", "infragate-mcp-gateway", "SKILL.md"));
        // Every second piece is inside of a fence; its first line names the language.
        return text.Split(Fence).Where((_, place) => place % 2 == 1).Select(block => block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim());
    }
}
