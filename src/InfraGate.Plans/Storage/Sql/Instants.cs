namespace InfraGate.Plans.Storage.Sql;

/// <summary>Instants as the database keeps them: UTC, whole milliseconds since 1970.</summary>
internal static class Instants
{
    /// <summary>Cuts off what is finer than a millisecond.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
