namespace InfraGate.Quickstart.Processes;

/// <summary>The checkout that this program was built from.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Configuration">The build configuration of this program, which the others share.</param>
internal sealed record Repository(string Root, string Configuration)
{
    private const string Framework = "net10.0";

    /// <summary>Finds it, upwards from this program's own folder.</summary>
    /// <exception cref="QuickstartException">The program does not run from a checkout.</exception>
    public static Repository Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "InfraGate.sln")))
            {
                return new Repository(folder.FullName, output.Parent!.Name);
            }
        }

        throw new QuickstartException("The quickstart runs from a checkout of InfraGate: start it with ./quickstart.sh.");
    }

    /// <summary>The built executable of a project.</summary>
    /// <exception cref="QuickstartException">It was not built.</exception>
    public string Executable(string project)
    {
        var path = Path.Combine(Root, "src", project, "bin", Configuration, Framework, OperatingSystem.IsWindows() ? project + ".exe" : project);
        return File.Exists(path) ? path : throw new QuickstartException($"{project} is not built. Run ./quickstart.sh, which builds it.");
    }
}
