using System.Text.Json.Nodes;
using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Users;

/// <summary>What the scopes <c>profile</c> and <c>groups</c> reveal about a user, the same in ID tokens and at userinfo.</summary>
internal static class UserClaims
{
    public static void AddTo(JsonObject claims, DevUser user, ScopeSet scope)
    {
        if (scope.Contains(ScopeSet.Profile))
        {
            claims["name"] = user.Name;
            claims["preferred_username"] = user.UserName;
            if (user.Email is not null)
            {
                claims["email"] = user.Email;
                claims["email_verified"] = true;
            }
        }

        if (scope.Contains(ScopeSet.GroupsScope))
        {
            claims["groups"] = ToArray(user.Groups);
        }
    }

    public static JsonArray ToArray(IReadOnlyList<string> groups) => new([.. groups.Select(group => JsonValue.Create(group))]);
}
