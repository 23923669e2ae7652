using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Users;

/// <summary>Someone who can sign in. The user name is also the subject (<c>sub</c>).</summary>
internal sealed record DevUser(string UserName, string PasswordHash, string Name, string? Email, IReadOnlyList<string> Groups)
{
    /// <remarks>The password stands in a configuration file in clear, so a slow hash would protect nothing; this only keeps it out of memory dumps and logs.</remarks>
    public static DevUser Create(string userName, string password, string name, string? email, IReadOnlyList<string> groups) =>
        new(userName, ClientSecret.Hash(password), name, email, groups);
}
