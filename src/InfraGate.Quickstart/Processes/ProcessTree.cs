using System.Diagnostics;
using System.Globalization;

namespace InfraGate.Quickstart.Processes;

/// <summary>Looks at processes that the quickstart did not start itself: the gateway's server.</summary>
internal static class ProcessTree
{
    /// <summary>The ids of a process's children; empty where <c>/proc</c> does not exist.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id)
    {
        var tasks = $"/proc/{id}/task";
        if (!Directory.Exists(tasks))
        {
            return [];
        }

        return
        [
            .. Directory.EnumerateDirectories(tasks)
                .Select(task => Path.Combine(task, "children"))
                .Where(File.Exists)
                .SelectMany(file => File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>The resident memory of a process in bytes; 0 when it has ended.</summary>
    public static long ResidentBytes(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WorkingSet64;
        }
        catch (ArgumentException)
        {
            return 0;
        }
    }
}
