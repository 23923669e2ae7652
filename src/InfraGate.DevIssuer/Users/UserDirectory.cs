using InfraGate.DevIssuer.Clients;
using InfraGate.DevIssuer.Configuration;

namespace InfraGate.DevIssuer.Users;

/// <summary>The configured users.</summary>
internal sealed class UserDirectory(IssuerOptions options)
{
    private static readonly string NobodysHash = ClientSecret.Hash(State.RandomToken.Create());

    private readonly Dictionary<string, DevUser> _users = options.Users.ToDictionary(user => user.UserName, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> UserNames => options.Users.Select(user => user.UserName);

    public DevUser? Find(string userName) => _users.GetValueOrDefault(userName);

    /// <summary>The user when the password is right. Takes as long for a name that does not exist.</summary>
    public DevUser? Authenticate(string userName, string password)
    {
        var user = Find(userName);
        var matches = ClientSecret.Matches(user?.PasswordHash ?? NobodysHash, password);
        return matches ? user : null;
    }
}
