using System.Reflection;

namespace InfraGate.RealParts.Files;

/// <summary>Where things are in this repository's working copy, found from the running test's own folder.</summary>
public static class RepositoryFolders
{
    /// <summary>The folder that holds <c>InfraGate.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build configuration that the tests were built with; the products they start come from the same one.</summary>
    public static string Configuration { get; } =
        typeof(RepositoryFolders).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>Logs of every started process, kept after the run.</summary>
    public static string Logs => Ensure("TestResults", "logs");

    /// <summary>Screenshots taken by browser tests, kept after the run.</summary>
    public static string Screenshots => Ensure("TestResults", "screenshots");

    /// <summary>The user's cache of what is built or installed once: <c>${XDG_CACHE_HOME:-~/.cache}/infragate</c>.</summary>
    public static string Cache
    {
        get
        {
            var xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var cache = string.IsNullOrEmpty(xdg) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache") : xdg;
            return Directory.CreateDirectory(Path.Combine(cache, "infragate")).FullName;
        }
    }

    public static string InRepository(params string[] segments) => Path.Combine([Root, .. segments]);

    private static string Ensure(params string[] segments) => Directory.CreateDirectory(InRepository(segments)).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "InfraGate.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"InfraGate.sln was not found above {AppContext.BaseDirectory}.");
    }
}
