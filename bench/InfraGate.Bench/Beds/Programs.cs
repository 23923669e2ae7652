using InfraGate.RealParts.Processes;

namespace InfraGate.Bench.Beds;

/// <summary>Which build of the product is measured.</summary>
/// <param name="PublishedFolder">Holds a folder for each published project; null for the build beside this program.</param>
internal sealed record Programs(string? PublishedFolder)
{
    /// <summary>What tables say of it.</summary>
    public string Description => PublishedFolder is null ? "dotnet build -c Release" : "dotnet publish -c Release with ReadyToRun";

    /// <summary>The program of a project.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public string AssemblyOf(string project)
    {
        if (PublishedFolder is null)
            return ProductProcess.AssemblyOf(project);
        var path = Path.Combine(PublishedFolder, project, project + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} has not been published to {PublishedFolder}.", path);
    }
}
