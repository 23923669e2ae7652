namespace InfraGate.Plans.Approval;

/// <summary>
/// The random part of an approval URL: 256 bits, single use, short life. Opening it as a signed-in person leads to the plan's page; it approves nothing.
/// The store keeps only its hash.
/// </summary>
/// <param name="Token">The secret text, 43 base64url characters.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record Challenge(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>How long an approval URL works unless something else is configured.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(10);
}

/// <summary>What became of an opened approval URL.</summary>
public enum ChallengeResult
{
    /// <summary>It was good and is now used up.</summary>
    Redeemed,

    /// <summary>It was used before.</summary>
    Used,

    /// <summary>Its time had run out.</summary>
    Expired,

    /// <summary>It was never issued.</summary>
    Unknown,
}
