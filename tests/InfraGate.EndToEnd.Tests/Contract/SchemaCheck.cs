using System.Text.Json;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;

namespace InfraGate.EndToEnd.Tests.Contract;

/// <summary>Holds values against JSON Schemas (2020-12) with ajv, which no one here wrote.</summary>
internal sealed class SchemaCheck
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<object> _cases = [];

    /// <summary>Remembers a value to check. Its name says what it is when it is not valid.</summary>
    public void Add(string name, JsonElement schema, JsonElement value) => _cases.Add(new { name, schema, value });

    /// <summary>Checks everything that was added. Schemas that use an unknown keyword fail as well.</summary>
    /// <returns>What is not valid, a line each.</returns>
    public async Task<IReadOnlyList<string>> FindMistakesAsync()
    {
        using var folder = TemporaryFolder.CreateInMemory("schemas");
        var cases = folder.Write("cases.json", JsonSerializer.Serialize(_cases));
        var tools = await NpmTools.InstallAsync();
        var module = RepositoryFolders.InRepository("tests", "InfraGate.EndToEnd.Tests", "Contract", "validate.mjs");
        await using var node = tools.StartModule("ajv", module, new Dictionary<string, string?> { ["CASES"] = cases });
        if (await node.WaitForExitAsync(Deadline) != 0)
            throw node.Failure("could not validate");
        node.RecentLines[^1].ShouldBe($"{_cases.Count} checked");
        return [.. node.RecentLines.SkipLast(1)];
    }
}
