using System.Globalization;
using System.Reflection;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Brings a database to the schema this program knows: the numbered texts in <c>Migrations</c>, each run once, in order, all in one transaction.</summary>
internal static class SchemaMigrator
{
    private static readonly IReadOnlyList<Migration> Migrations = Load();

    /// <summary>The version that this program knows.</summary>
    public static long KnownVersion => Migrations[^1].Version;

    /// <summary>Runs what is missing. Does nothing to a database that is up to date; refuses one that a newer program made.</summary>
    public static async Task<long> MigrateAsync(SqlSession session)
    {
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        var current = await session.FirstAsync("SELECT COALESCE(MAX(version), 0) AS version FROM schema_version", row => row.Number("version"));
        if (current > KnownVersion)
        {
            throw new PlanStoreException(
                $"The plan store has schema version {current}, this InfraGate knows {KnownVersion}. Start the newer InfraGate that made it, or restore a backup from before.");
        }

        foreach (var migration in Migrations.Where(migration => migration.Version > current))
        {
            await session.ExecuteAsync(migration.Sql);
            await session.ExecuteAsync(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)",
                ("version", migration.Version),
                ("name", migration.Name),
                ("at", session.Now.ToUnixTimeMilliseconds()));
        }

        return KnownVersion;
    }

    private static List<Migration> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = typeof(SchemaMigrator).Namespace + ".Migrations.";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[prefix.Length..^".sql".Length]))
            .OrderBy(migration => migration.Version)
            .ToList();
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(long.Parse(name.Split('_')[0], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }

    private sealed record Migration(long Version, string Name, string Sql);
}
