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
                : (document.Users is null ? LocalDefaults.Users : [.. Users(document).Select(user => user.ToUser())],
                   document.Clients is null ? LocalDefaults.Clients : [.. Clients(document).Select(client => client.ToClient())]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            problems.Add($"DEV_ISSUER_SETTINGS: {path} cannot be read: {unreadable.Message}");
            return (LocalDefaults.Users, LocalDefaults.Clients);
        }
    }

    private static void Check(Document document, string path, List<string> problems)
    {
        Require(document.Users?.Contains(null) is not true, "users holds null instead of a user.");
        Require(document.Clients?.Contains(null) is not true, "clients holds null instead of a client.");
        foreach (var user in Users(document))
        {
            Require(!string.IsNullOrWhiteSpace(user.UserName), "a user has no userName.");
            Require(user.Password?.Length >= 8, $"the password of user '{user.UserName}' is missing or shorter than 8 characters.");
            Require(user.Groups?.Contains(null) is not true, $"the groups of user '{user.UserName}' hold null.");
        }

        foreach (var client in Clients(document))
        {
            Require(!string.IsNullOrWhiteSpace(client.ClientId), "a client has no clientId.");
            Require(client.ClientSecret is not null || client.RedirectUris is { Count: > 0 }, $"client '{client.ClientId}' has neither redirectUris nor a clientSecret.");
            Require(client.ClientSecret is null or { Length: >= 16 }, $"the clientSecret of '{client.ClientId}' is shorter than 16 characters.");
            Require(client.Groups?.Contains(null) is not true, $"the groups of client '{client.ClientId}' hold null.");
            foreach (var redirect in (client.RedirectUris ?? []).Concat(client.PostLogoutRedirectUris ?? []))
            {
                Require(LoopbackRedirect.IsAcceptable(redirect), $"redirect URI '{redirect ?? "null"}' of client '{client.ClientId}' is not an http:// loopback address.");
            }
        }

        Require(document.Users is null or { Count: > 0 }, "users is an empty list, so nobody could sign in.");
        RequireDistinct(Users(document).Select(user => user.UserName), "userName");
        RequireDistinct(Clients(document).Select(client => client.ClientId), "clientId");

        void Require(bool condition, string problem)
        {
            if (!condition)
            {
                problems.Add($"DEV_ISSUER_SETTINGS: in {path} {problem}");
            }
        }

        void RequireDistinct(IEnumerable<string?> names, string property)
        {
            foreach (var repeated in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            {
                Require(condition: false, $"{property} '{repeated.Key}' appears more than once.");
            }
        }
    }

    private static IEnumerable<UserEntry> Users(Document document) => (document.Users ?? []).OfType<UserEntry>();

    private static IEnumerable<ClientEntry> Clients(Document document) => (document.Clients ?? []).OfType<ClientEntry>();

    // A list in JSON may hold null, whatever the type of its entries says.
    private sealed record Document(List<UserEntry?>? Users, List<ClientEntry?>? Clients);

    private sealed record UserEntry(string? UserName, string? Password, string? Name, string? Email, List<string?>? Groups)
    {
        public DevUser ToUser() => DevUser.Create(UserName!, Password!, Name ?? UserName!, Email, [.. (Groups ?? []).OfType<string>()]);
    }

    private sealed record ClientEntry(
        string? ClientId, string? Name, string? ClientSecret, List<string?>? RedirectUris, List<string?>? PostLogoutRedirectUris, string? Scope, List<string?>? Groups)
    {
        public Client ToClient() => LocalDefaults.Configured(
            ClientId!,
            Name ?? ClientId!,
            ClientSecret,
            [.. LoopbackRedirect.AcceptableOf(RedirectUris)],
            [.. LoopbackRedirect.AcceptableOf(PostLogoutRedirectUris)],
            Scope is null ? ScopeSet.All : ScopeSet.Parse(Scope)) with { Groups = [.. (Groups ?? []).OfType<string>()] };
    }
}
