using System.Globalization;

namespace InfraGate.DevIssuer.Configuration;

/// <summary>Reads the environment once and reports every mistake in one <see cref="IssuerConfigurationException"/>.</summary>
internal static class IssuerOptionsReader
{
    public const string DefaultResource = "http://127.0.0.1:3001/mcp";

    public static IssuerOptions Read(Func<string, string?> environment)
    {
        var problems = new List<string>();
        RefuseProduction(environment, problems);
        var people = SettingsFile.Load(Value(environment, "DEV_ISSUER_SETTINGS"), problems);
        var options = new IssuerOptions
        {
            Listen = ReadListenAddress(environment, problems),
            StateRoot = ReadStateRoot(environment, problems),
            AccessTokenLifetime = ReadSeconds(environment, "DEV_ISSUER_ACCESS_TOKEN_SECONDS", 900, 1, 86_400, problems),
            RefreshTokenLifetime = ReadSeconds(environment, "DEV_ISSUER_REFRESH_TOKEN_SECONDS", 2_592_000, 1, 31_536_000, problems),
            RefreshGrace = ReadSeconds(environment, "DEV_ISSUER_REFRESH_GRACE_SECONDS", 10, 0, 60, problems),
            SessionLifetime = ReadSeconds(environment, "DEV_ISSUER_SESSION_SECONDS", 28_800, 1, 86_400, problems),
            DefaultResource = ReadDefaultResource(environment, problems),
            Users = people.Users,
            Clients = people.Clients,
        };
        return problems.Count == 0 ? options : throw new IssuerConfigurationException(problems);
    }

    /// <summary>Nothing set means Production, as everywhere in ASP.NET Core, so that a copied build cannot serve by accident.</summary>
    private static void RefuseProduction(Func<string, string?> environment, List<string> problems)
    {
        string?[] named = [Value(environment, "ASPNETCORE_ENVIRONMENT"), Value(environment, "DOTNET_ENVIRONMENT")];
        var isProduction = named.All(name => name is null) || named.Any(name => string.Equals(name, "Production", StringComparison.OrdinalIgnoreCase));
        if (isProduction)
        {
            problems.Add(
                "The environment is Production (ASP.NET Core's default when none is set). The dev issuer has well-known passwords and is for local work only: "
                + "set ASPNETCORE_ENVIRONMENT=Development on a developer's machine, and use a real identity provider (docs/identity-providers.md) anywhere else.");
        }
    }

    private static ListenAddress ReadListenAddress(Func<string, string?> environment, List<string> problems)
    {
        var name = Value(environment, "DEV_ISSUER_LISTEN") is null ? "ASPNETCORE_URLS" : "DEV_ISSUER_LISTEN";
        if (Value(environment, name) is not { } value)
        {
            return ListenAddress.Default;
        }

        if (!ListenAddress.TryParse(value, out var address, out var problem))
        {
            problems.Add($"{name}: {problem}");
        }

        return address;
    }

    private static string ReadStateRoot(Func<string, string?> environment, List<string> problems)
    {
        var home = Value(environment, "HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var state = Value(environment, "XDG_STATE_HOME") ?? Path.Combine(home, ".local", "state");
        var root = Value(environment, "DEV_ISSUER_STATE_ROOT") ?? Path.Combine(state, "infragate-dev-issuer");
        if (!Path.IsPathFullyQualified(root) && Value(environment, "DEV_ISSUER_STATE_ROOT") is null)
        {
            problems.Add($"No home folder is known, so the state folder '{root}' has no place: set DEV_ISSUER_STATE_ROOT to a folder of its own.");
        }

        return Path.GetFullPath(root);
    }

    private static string ReadDefaultResource(Func<string, string?> environment, List<string> problems)
    {
        var value = Value(environment, "DEV_ISSUER_DEFAULT_RESOURCE") ?? DefaultResource;
        if (!Tokens.ResourceIndicator.IsValid(value))
        {
            problems.Add($"DEV_ISSUER_DEFAULT_RESOURCE: '{value}' is not an absolute http(s) URI without a fragment; use for example {DefaultResource}.");
        }

        return value;
    }

    private static TimeSpan ReadSeconds(Func<string, string?> environment, string name, int preset, int least, int most, List<string> problems)
    {
        if (Value(environment, name) is not { } value)
        {
            return TimeSpan.FromSeconds(preset);
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= least && seconds <= most)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        problems.Add($"{name}: '{value}' is not a whole number of seconds from {least} to {most}.");
        return TimeSpan.FromSeconds(preset);
    }

    private static string? Value(Func<string, string?> environment, string name) =>
        environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
