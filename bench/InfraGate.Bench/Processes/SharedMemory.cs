using System.Buffers.Binary;
using System.Globalization;

namespace InfraGate.Bench.Processes;

/// <summary>
/// What several processes hold in memory together. The sum of their resident sizes counts a page of the runtime's libraries once for each of them, though it is there
/// once; here each physical page counts once (/proc/PID/pagemap, see the kernel's admin-guide/mm/pagemap).
/// </summary>
internal static class SharedMemory
{
    private const int PageSize = 4096;
    private const int EntrySize = sizeof(ulong);
    private const ulong IsPresent = 1UL << 63;
    private const ulong FrameBits = (1UL << 55) - 1;
    private const double BytesPerMiB = 1024 * 1024;

    /// <summary>The memory of all of them in MiB; null when the kernel hides frame numbers, as it does from all but root.</summary>
    public static double? ResidentMiB(IEnumerable<WatchedProcess> processes)
    {
        var frames = new HashSet<ulong>();
        foreach (var process in processes)
        {
            using var pagemap = new FileStream($"/proc/{process.Pid}/pagemap", new FileStreamOptions { BufferSize = 0 });
            foreach (var (start, end) in ResidentMappings(process.Pid))
                Gather(pagemap, start, end, frames);
        }
        return frames.Contains(0) ? null : frames.Count * PageSize / BytesPerMiB;
    }

    private static void Gather(FileStream pagemap, ulong start, ulong end, HashSet<ulong> frames)
    {
        var entries = new byte[(end - start) / PageSize * EntrySize];
        pagemap.Position = (long)(start / PageSize * EntrySize);
        var read = pagemap.ReadAtLeast(entries, entries.Length, throwOnEndOfStream: false);
        for (var i = 0; i + EntrySize <= read; i += EntrySize)
        {
            var entry = BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(i));
            if ((entry & IsPresent) != 0)
                frames.Add(entry & FrameBits);
        }
    }

    // The collector reserves hundreds of gigabytes that hold nothing; only mappings with something in them are worth reading.
    private static List<(ulong Start, ulong End)> ResidentMappings(int pid)
    {
        var mappings = new List<(ulong, ulong)>();
        (ulong, ulong) current = default;
        foreach (var line in File.ReadLines($"/proc/{pid}/smaps"))
        {
            var word = line.AsSpan(0, Math.Max(0, line.IndexOf(' ')));
            if (word.IndexOf('-') is > 0 and var dash && !word.EndsWith(":"))
                current = (Hexadecimal(word[..dash]), Hexadecimal(word[(dash + 1)..]));
            else if (line.StartsWith("Rss:", StringComparison.Ordinal) && !line.EndsWith(" 0 kB", StringComparison.Ordinal))
                mappings.Add(current);
        }
        return mappings;
    }

    private static ulong Hexadecimal(ReadOnlySpan<char> text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
