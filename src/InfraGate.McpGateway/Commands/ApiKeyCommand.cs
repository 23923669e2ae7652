using System.Globalization;
using System.Text.RegularExpressions;
using InfraGate.McpGateway.Auth;
using InfraGate.McpGateway.Auth.ApiKeys;
using InfraGate.McpGateway.Configuration;
using InfraGate.Plans;

namespace InfraGate.McpGateway.Commands;

/// <summary><c>api-key create|list|revoke</c>: keeps the file of API keys. A running gateway takes changes up by itself.</summary>
internal sealed partial class ApiKeyCommand(TextWriter output, TextWriter errors, TimeProvider time) : ICommand
{
    private const string Usage = """
        api-key create NAME --scopes mcp:read[,mcp:plan,mcp:apply|mcp:tools] [--owner SUBJECT] [--namespaces NS[,NS]] [--days N]
        api-key list
        api-key revoke ID|NAME
        """;

    private const int DefaultDays = 90;
    private const int MostDays = 366;
    private const int LongestOwner = 255;

    /// <inheritdoc />
    public string Name => "api-key";

    /// <inheritdoc />
    public string Summary => "Make, list and revoke API keys for clients that cannot do OAuth.";

    /// <inheritdoc />
    public Task<int> RunAsync(string[] args)
    {
        var options = GatewayOptionsReader.Read(Environment.GetEnvironmentVariable, GatewayApplication.EnvironmentName);
        return RunAsync(args, new ApiKeyFile(options.Storage.ApiKeysFile));
    }

    /// <summary>Runs on the given file.</summary>
    public async Task<int> RunAsync(string[] args, ApiKeyFile file) => args switch
    {
        ["create", var name, .. var rest] => await CreateAsync(file, name, rest),
        ["list"] => await ListAsync(file),
        ["revoke", var which] => await RevokeAsync(file, which),
        _ => await FailAsync(Usage, CommandLine.NotUnderstood),
    };

    private async Task<int> CreateAsync(ApiKeyFile file, string name, string[] rest)
    {
        if (Parse(rest) is not { } settings)
        {
            return await FailAsync(Usage, CommandLine.NotUnderstood);
        }

        var scopes = settings.GetValueOrDefault("--scopes", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var namespaces = settings.TryGetValue("--namespaces", out var list) ? list.Split(',', StringSplitOptions.RemoveEmptyEntries) : null;
        var owner = settings.GetValueOrDefault("--owner");
        var days = DefaultDays;
        if (settings.TryGetValue("--days", out var text) && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days))
        {
            days = 0;
        }

        var keys = file.Read();
        var mistake = Mistake(name, scopes, namespaces, days, keys) ?? MistakeOfOwner(owner);
        if (mistake is not null)
        {
            return await FailAsync(mistake, exitCode: 1);
        }

        var now = time.GetUtcNow();
        var (key, record) = ApiKeyText.Create(name, scopes, namespaces, now, now.AddDays(days), owner);
        file.Write([.. keys, record]);
        await output.WriteLineAsync(key);
        await errors.WriteLineAsync($"Made key {record.Id} for {name}, valid until {record.Expires:u}. It is shown only now; send it as the header {ApiKeyHandler.Header}.");
        return 0;
    }

    private async Task<int> ListAsync(ApiKeyFile file)
    {
        foreach (var key in file.Read().OrderBy(key => key.Name, StringComparer.Ordinal))
        {
            var state = key.Expires <= time.GetUtcNow() ? "expired" : "valid until";
            var namespaces = key.Namespaces is null ? "all namespaces" : string.Join(',', key.Namespaces);
            var owner = key.Owner is null ? "no owner" : $"owner {key.Owner}";
            await output.WriteLineAsync($"{key.Id}  {key.Name}  {string.Join(',', key.Scopes)}  {namespaces}  {state} {key.Expires:u}  {owner}");
        }

        return 0;
    }

    private async Task<int> RevokeAsync(ApiKeyFile file, string which)
    {
        var keys = file.Read();
        var kept = keys.Where(key => key.Id != which && key.Name != which).ToList();
        if (kept.Count == keys.Count)
        {
            return await FailAsync($"There is no key '{which}'. api-key list shows those there are.", exitCode: 1);
        }

        file.Write(kept);
        await output.WriteLineAsync($"Revoked {which}.");
        return 0;
    }

    private static string? Mistake(string name, string[] scopes, string[]? namespaces, int days, IReadOnlyList<ApiKeyRecord> keys)
    {
        if (!NamePattern().IsMatch(name))
        {
            return "A name has 1 to 63 lower-case letters, digits and hyphens, and begins and ends with a letter or digit.";
        }

        if (keys.Any(key => key.Name == name))
        {
            return $"There is already a key for '{name}'. Revoke it first, or choose another name: the audit trail tells keys apart by name.";
        }

        if (scopes.Length == 0 || !scopes.All(ToolScopes.IsKnown))
        {
            return $"--scopes takes one or more of {string.Join(", ", ToolScopes.All)}, separated by commas.";
        }

        if (namespaces is not null && (namespaces.Length == 0 || !namespaces.All(NamePattern().IsMatch)))
        {
            return "--namespaces takes names of namespaces, separated by commas.";
        }

        return days is < 1 or > MostDays ? $"--days takes a number from 1 to {MostDays}." : null;
    }

    /// <summary>A subject is whatever the issuer says, compared character by character; one that was mistyped would let the holder pass for somebody else.</summary>
    private static string? MistakeOfOwner(string? owner) => owner switch
    {
        null => null,
        { Length: 0 or > LongestOwner } => $"--owner takes the subject of a person, 1 to {LongestOwner} characters.",
        _ when owner.Any(char.IsControl) || owner != owner.Trim() => "--owner takes a subject as the issuer spells it, without spaces around it or control characters.",
        _ when owner.StartsWith(Requester.KeyPrefix, StringComparison.Ordinal) => "--owner takes the subject of a person, not of a key: as a key nobody can sign in.",
        _ => null,
    };

    private static Dictionary<string, string>? Parse(string[] rest)
    {
        string[] known = ["--scopes", "--owner", "--namespaces", "--days"];
        if (rest.Length % 2 != 0)
        {
            return null;
        }

        var pairs = rest.Chunk(2).ToList();
        return pairs.All(pair => known.Contains(pair[0], StringComparer.Ordinal)) && pairs.DistinctBy(pair => pair[0]).Count() == pairs.Count
            ? pairs.ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
            : null;
    }

    private async Task<int> FailAsync(string message, int exitCode)
    {
        await errors.WriteLineAsync(message);
        return exitCode;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex NamePattern();
}
