namespace InfraGate.RealParts.ControlPlane;

/// <summary>A user of the API server's static token file.</summary>
public sealed record TokenUser(string Name, params string[] Groups)
{
    public static TokenUser Alice { get; } = new("alice", "platform");

    public static TokenUser Bob { get; } = new("bob", "platform", "sre");

    /// <summary>Someone with no group and no rights.</summary>
    public static TokenUser Stranger { get; } = new("stranger");

    /// <summary>Random for each test run.</summary>
    public string Token { get; } = Guid.NewGuid().ToString("N");

    internal string ToCsvLine() => $"{Token},{Name},{Name}-uid,\"{string.Join(',', Groups)}\"";
}
