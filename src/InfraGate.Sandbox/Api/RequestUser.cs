namespace InfraGate.Sandbox.Api;

/// <summary>Who sent a request. <see cref="Agent"/> is the first word of the user agent, the default field manager.</summary>
internal sealed record RequestUser(string Name, IReadOnlyList<string> Groups, string Agent)
{
    public bool IsAdministrator => Groups.Contains("system:masters");
}
