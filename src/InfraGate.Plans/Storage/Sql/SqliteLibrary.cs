using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Binds the SQLite provider to the operating system's own library, which gets its security fixes from there.</summary>
internal static class SqliteLibrary
{
    private const string ImportedName = "e_sqlite3";

    private static readonly Lazy<bool> Bound = new(Bind);

    /// <summary>Binds once a process; later calls cost nothing.</summary>
    public static void EnsureBound() => _ = Bound.Value;

    private static bool Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return true;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != ImportedName)
        {
            return IntPtr.Zero;
        }

        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, assembly, searchPath, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException($"SQLite is not installed: none of {string.Join(", ", Candidates())} could be loaded. On Debian install libsqlite3-0.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            return ["winsqlite3", "sqlite3"];
        }

        return OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"] : ["libsqlite3.so.0", "libsqlite3.so"];
    }
}
