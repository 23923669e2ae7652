namespace InfraGate.Quickstart.Processes;

/// <summary>A folder for everything that the programs write; gone when the quickstart ends.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>Makes the folder, readable by its owner only.</summary>
    public Workspace()
    {
        Root = Directory.CreateTempSubdirectory("infragate-quickstart-").FullName;
        Directory.CreateDirectory(Logs);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Where the programs' output goes.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>A path inside.</summary>
    public string File(string name) => Path.Combine(Root, name);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
