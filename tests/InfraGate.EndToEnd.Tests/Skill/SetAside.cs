using InfraGate.RealParts.Files;

namespace InfraGate.EndToEnd.Tests.Skill;

/// <summary>
/// The skill's commands use fixed places in the checkout. What a developer has there is moved aside, and put back when the test ends in whatever way.
/// </summary>
internal sealed class SetAside : IDisposable
{
    private static readonly string[] Places = [".mcp-approvals", ".mcp-guardrails", Path.Combine(".kube", "mcp-nginx-demo.config")];

    private readonly string _shelf = Directory.CreateDirectory(RepositoryFolders.InRepository("TestResults", $"set-aside-{Guid.NewGuid():N}")).FullName;

    public SetAside() => MoveAll(RepositoryFolders.Root, _shelf);

    public void Dispose()
    {
        foreach (var place in Places)
            Remove(RepositoryFolders.InRepository(place));
        MoveAll(_shelf, RepositoryFolders.Root);
        Directory.Delete(_shelf, recursive: true);
    }

    private static void MoveAll(string from, string to)
    {
        foreach (var place in Places)
        {
            var source = Path.Combine(from, place);
            var target = Path.Combine(to, place);
            if (!Path.Exists(source))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(source, target);
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
