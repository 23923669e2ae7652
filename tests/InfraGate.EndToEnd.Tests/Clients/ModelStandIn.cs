using InfraGate.RealParts.Files;
using InfraGate.RealParts.Npm;
using InfraGate.RealParts.Processes;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>Speaks for a language model, which no test can reach: <c>model.mjs</c> tells Codex which tool to call next. Everything else that an agent does is Codex.</summary>
internal sealed class ModelStandIn : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly RunningProcess _process;

    private ModelStandIn(RunningProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it answers, with a trailing slash.</summary>
    public Uri Address { get; }

    /// <summary>The tools that it asked for, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _process.RecentLines.Where(line => line.StartsWith("call ", StringComparison.Ordinal)).Select(line => line["call ".Length..])];

    /// <param name="namespace">Where its Deployment is.</param>
    /// <param name="image">What it takes to be the cure.</param>
    public static async Task<ModelStandIn> StartAsync(string @namespace, string image)
    {
        var tools = await NpmTools.InstallAsync();
        var module = RepositoryFolders.InRepository("tests", "InfraGate.EndToEnd.Tests", "Clients", "model.mjs");
        var process = tools.StartModule("model-stand-in", module, new Dictionary<string, string?> { ["NAMESPACE"] = @namespace, ["IMAGE"] = image });
        try
        {
            var line = await process.WaitForLineAsync("listening on http://", Deadline);
            return new ModelStandIn(process, new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
