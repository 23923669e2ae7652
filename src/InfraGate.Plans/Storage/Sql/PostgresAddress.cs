using Npgsql;

namespace InfraGate.Plans.Storage.Sql;

/// <summary>Reads the two ways in which people write where a PostgreSQL database is: a URL as libpq takes it, and Npgsql's own list of keys.</summary>
internal static class PostgresAddress
{
    private const string Forms = "K8S_MCP_DATABASE must be empty, sqlite:PATH, postgres://user:password@host:port/database or an Npgsql connection string with Host=.";
    private const int DefaultPort = 5432;

    /// <summary>The address in Npgsql's form.</summary>
    /// <exception cref="FormatException">The text is neither. The message never repeats it: it may hold a password.</exception>
    public static string ToConnectionString(string address) =>
        TryRead(address) is { } builder && !string.IsNullOrEmpty(builder.Host) ? builder.ToString() : throw new FormatException(Forms);

    private static NpgsqlConnectionStringBuilder? TryRead(string address)
    {
        try
        {
            return address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
                ? FromUrl(new Uri(address, UriKind.Absolute))
                : new NpgsqlConnectionStringBuilder(address);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The cause goes no further on purpose: Npgsql and Uri quote what they could not read.
            return null;
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = url.Host, Port = url.Port < 0 ? DefaultPort : url.Port };
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        if (url.AbsolutePath.Length > 1)
        {
            builder.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : string.Empty);
            builder[KeyOf(parts[0])] = parts[0] == "sslmode" ? value.Replace("-", string.Empty, StringComparison.Ordinal) : value;
        }

        return builder;
    }

    /// <summary>libpq's names for what is commonly set in a URL; everything else is passed on as Npgsql names it.</summary>
    private static string KeyOf(string name) => name switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "connect_timeout" => "Timeout",
        "search_path" => "Search Path",
        _ => Uri.UnescapeDataString(name),
    };
}
