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
                .SelectMany(task => ReadOrNothing(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>
    /// The resident memory of a process in bytes; 0 when it has ended. What it shares with others, the runtime above all, counts in proportion (<c>Pss</c> in proc_pid_smaps(5)), so that
    /// processes can be added; where the system does not tell that, it counts whole.
    /// </summary>
    public static long ResidentBytes(int id)
    {
        var proportional = ReadOrNothing($"/proc/{id}/smaps_rollup").Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        if (proportional is not null)
        {
            return 1024 * long.Parse(proportional.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }

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

    /// <summary>A file of <c>/proc</c>; nothing when what it tells of has ended, or does not let itself be read.</summary>
    private static string ReadOrNothing(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
