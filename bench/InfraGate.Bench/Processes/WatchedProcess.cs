using System.Globalization;

namespace InfraGate.Bench.Processes;

/// <summary>A process whose use of processors, memory and handles is read from /proc (proc(5)).</summary>
/// <param name="Role">What it does, for tables.</param>
/// <param name="Pid">Its number.</param>
internal sealed record WatchedProcess(string Role, int Pid)
{
    // USER_HZ, the unit of /proc/PID/stat, is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;
    private const double KiBPerMiB = 1024;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    /// <summary>User and system time so far, all threads, in seconds.</summary>
    public double CpuSeconds()
    {
        var fields = FieldsAfterName();
        return (double.Parse(fields[UserTime], CultureInfo.InvariantCulture) + double.Parse(fields[SystemTime], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB() => StatusNumber("VmRSS:") / KiBPerMiB;

    /// <summary>Threads.</summary>
    public int Threads() => (int)StatusNumber("Threads:");

    /// <summary>Open file descriptors.</summary>
    public int Handles() => Directory.EnumerateFileSystemEntries($"/proc/{Pid}/fd").Count();

    // The name stands in parentheses and may hold spaces and parentheses itself; numbers start after the last one.
    private string[] FieldsAfterName()
    {
        var stat = File.ReadAllText($"/proc/{Pid}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private double StatusNumber(string name)
    {
        var line = File.ReadLines($"/proc/{Pid}/status").First(text => text.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
