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
        return new SqlPlanStore(DialectFor(settings), settings.AuditSigner, timeProvider);
    }

    private static SqlDialect DialectFor(PlanStoreSettings settings)
    {
        var database = settings.Database?.Trim();
        if (string.IsNullOrEmpty(database))
        {
            return new SqliteDialect(Path.Combine(settings.ApprovalRoot, PlanStoreSettings.DefaultFileName));
        }

        if (database.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase) && database.Length > SqlitePrefix.Length)
        {
            return new SqliteDialect(database[SqlitePrefix.Length..]);
        }

        return new PostgresDialect(PostgresAddress.ToConnectionString(database));
    }
}
