namespace InfraGate.RealParts.Faults;

/// <summary>How a proxy differs from the usual one.</summary>
public sealed record FaultProxyOptions
{
    /// <summary>How long the certificate that clients see is valid from now; negative for one that has expired. One day when null.</summary>
    public TimeSpan? CertificateLifetime { get; init; }
}
