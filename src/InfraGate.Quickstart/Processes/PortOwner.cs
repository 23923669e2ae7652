using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InfraGate.Quickstart.Processes;

/// <summary>Finds out who holds a port, so that "address in use" can be said as a name.</summary>
internal static class PortOwner
{
    private const string ListenState = "0A";

    /// <summary>Refuses with a name when the port is taken; port 0 never is.</summary>
    /// <exception cref="QuickstartException">The port is taken.</exception>
    public static void EnsureFree(int port, string purpose)
    {
        if (port == 0)
        {
            return;
        }

        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException)
        {
            throw new QuickstartException(
                $"Port {port}, which {purpose} needs, is taken by {Find(port) ?? "a process that cannot be seen from here"}. Stop it, or choose another port (see --help).");
        }
    }

    /// <summary>The name and id of the process that listens on a port; null when it cannot be established.</summary>
    public static string? Find(int port)
    {
        if (!File.Exists("/proc/net/tcp"))
        {
            return null;
        }

        var inodes = Listeners("/proc/net/tcp", port).Concat(Listeners("/proc/net/tcp6", port)).Select(inode => $"socket:[{inode}]").ToHashSet();
        return inodes.Count == 0 ? null : ProcessHolding(inodes);
    }

    private static IEnumerable<string> Listeners(string table, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return File.Exists(table)
            ? File.ReadLines(table).Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns.Length > 9 && columns[1].EndsWith(suffix, StringComparison.Ordinal) && columns[3] == ListenState)
                .Select(columns => columns[9])
            : [];
    }

    private static string? ProcessHolding(HashSet<string> sockets)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                if (Directory.EnumerateFiles(Path.Combine(folder, "fd")).Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false) is { } link && sockets.Contains(Path.GetFileName(link.FullName))))
                {
                    var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim();
                    return $"process {Path.GetFileName(folder)} ({command})";
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process ended while it was looked at, or belongs to somebody else: it is not one that can be named.
            }
        }

        return null;
    }
}
