using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Users;

namespace InfraGate.DevIssuer.Configuration;

/// <summary>
/// Users and pre-registered clients: the documented local defaults, or the JSON file that <c>DEV_ISSUER_SETTINGS</c> names,
/// whose <c>users</c> and <c>clients</c> lists each replace the default list when present.
/// </summary>
internal static class SettingsFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static (IReadOnlyList<DevUser> Users, IReadOnlyList<Client> Clients) Load(string? path, List<string> problems)
    {
        if (path is null)
        {
            return (LocalDefaults.Users, LocalDefaults.Clients);
        }

        try
        {
            var document = JsonSerializer.Deserialize<Document>(File.ReadAllText(path), Strict)
                ?? throw new JsonException("the file holds null instead of an object.");
            var before = problems.Count;
            Check(document, path, problems);
            return problems.Count > before
                ? (LocalDefaults.Users, LocalDefaults.Clients)
                : (document.Users?.Select(user => user.ToUser()).ToList() ?? LocalDefaults.Users, document.Clients?.Select(client => client.ToClient()).ToList() ?? LocalDefaults.Clients);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            problems.Add($"DEV_ISSUER_SETTINGS: {path} cannot be read: {unreadable.Message}");
            return (LocalDefaults.Users, LocalDefaults.Clients);
        }
    }

    private static void Check(Document document, string path, List<string> problems)
    {
        foreach (var user in document.Users ?? [])
        {
            Require(!string.IsNullOrWhiteSpace(user.UserName), "a user has no userName.");
            Require(user.Password?.Length >= 8, $"the password of user '{user.UserName}' is missing or shorter than 8 characters.");
        }

        foreach (var client in document.Clients ?? [])
        {
            Require(!string.IsNullOrWhiteSpace(client.ClientId), "a client has no clientId.");
            Require(client.ClientSecret is not null || client.RedirectUris is { Count: > 0 }, $"client '{client.ClientId}' has neither redirectUris nor a clientSecret.");
            Require(client.ClientSecret is null or { Length: >= 16 }, $"the clientSecret of '{client.ClientId}' is shorter than 16 characters.");
            foreach (var redirect in client.RedirectUris ?? [])
            {
                Require(LoopbackRedirect.IsAcceptable(redirect), $"redirect URI '{redirect}' of client '{client.ClientId}' is not an http:// loopback address.");
            }
        }

        Require(document.Users is null or { Count: > 0 }, "users is an empty list, so nobody could sign in.");
        RequireDistinct(document.Users?.Select(user => user.UserName), "userName");
        RequireDistinct(document.Clients?.Select(client => client.ClientId), "clientId");

        void Require(bool condition, string problem)
        {
            if (!condition)
            {
                problems.Add($"DEV_ISSUER_SETTINGS: in {path} {problem}");
            }
        }

        void RequireDistinct(IEnumerable<string?>? names, string property)
        {
            foreach (var repeated in (names ?? []).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            {
                Require(condition: false, $"{property} '{repeated.Key}' appears more than once.");
            }
        }
    }

    private sealed record Document(List<UserEntry>? Users, List<ClientEntry>? Clients);

    private sealed record UserEntry(string? UserName, string? Password, string? Name, string? Email, List<string>? Groups)
    {
        public DevUser ToUser() => DevUser.Create(UserName!, Password!, Name ?? UserName!, Email, Groups ?? []);
    }

    private sealed record ClientEntry(
        string? ClientId, string? Name, string? ClientSecret, List<string>? RedirectUris, List<string>? PostLogoutRedirectUris, string? Scope, List<string>? Groups)
    {
        public Client ToClient() => LocalDefaults.Configured(
            ClientId!, Name ?? ClientId!, ClientSecret, RedirectUris ?? [], PostLogoutRedirectUris ?? [], Scope is null ? ScopeSet.All : ScopeSet.Parse(Scope)) with { Groups = Groups ?? [] };
    }
}
