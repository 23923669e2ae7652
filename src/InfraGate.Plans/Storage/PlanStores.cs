using InfraGate.Plans.Storage.Sql;

namespace InfraGate.Plans.Storage;

/// <summary>Makes the store that the settings ask for.</summary>
public static class PlanStores
{
    private const string SqlitePrefix = "sqlite:";

    /// <summary>Prepares a store; nothing is opened before <see cref="IPlanStore.InitializeAsync"/>.</summary>
    /// <exception cref="FormatException"><see cref="PlanStoreSettings.Database"/> is none of the forms. The message does not repeat it: it may hold a password.</exception>
    public static SqlPlanStore Open(PlanStoreSettings settings, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return new SqlPlanStore(DialectFor(settings), settings, timeProvider);
    }

    /// <summary>The file of the embedded database that the settings name, when there is none yet and opening would make it; null when it is there, or the database is a shared one.</summary>
    public static string? MissingFile(PlanStoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return FileOf(settings) is { } file && !File.Exists(file) ? file : null;
    }

    private static SqlDialect DialectFor(PlanStoreSettings settings) => FileOf(settings) is { } file
        ? new SqliteDialect(file)
        : new PostgresDialect(PostgresAddress.ToConnectionString(settings.Database!.Trim()));

    private static string? FileOf(PlanStoreSettings settings)
    {
        var database = settings.Database?.Trim();
        if (string.IsNullOrEmpty(database))
        {
            return Path.Combine(settings.ApprovalRoot, PlanStoreSettings.DefaultFileName);
        }

        return database.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase) && database.Length > SqlitePrefix.Length ? database[SqlitePrefix.Length..] : null;
    }
}
