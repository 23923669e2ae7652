namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Policy files.</summary>
internal static class Policies
{
    public const string FourEyes = """
        version: 1
        defaults:
          mode: four-eyes
        """;

    public const string TwoFromSre = """
        version: 1
        defaults:
          mode: four-eyes
          approvers:
            groups: [sre]
          approvals: 2
        """;

    /// <summary>A deny window that never ends: plans can be denied and not approved.</summary>
    public const string Frozen = """
        version: 1
        defaults:
          windows: [freeze]
        windows:
          - name: freeze
            kind: deny
            length: 1d
            timeZone: Etc/UTC
        """;
}
