namespace InfraGate.DevIssuer.Pages;

/// <summary>What the consent page asks. Texts chosen by the client are already safe to show.</summary>
public sealed record ConsentQuestion
{
    /// <summary>Id of the interaction that the answer belongs to.</summary>
    public required string Interaction { get; init; }

    /// <summary>Id of the browser session whose person is asked.</summary>
    public required string SessionId { get; init; }

    /// <summary>The person's name.</summary>
    public required string PersonName { get; init; }

    /// <summary>The person's user name.</summary>
    public required string UserName { get; init; }

    /// <summary>Name of the program.</summary>
    public required string ClientName { get; init; }

    /// <summary>True when the program chose its name itself, so that the name proves nothing.</summary>
    public required bool IsSelfNamed { get; init; }

    /// <summary>URL of the program's metadata document, or null.</summary>
    public string? DescribedBy { get; init; }

    /// <summary>The scopes asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What the tokens will be good for (RFC 8707).</summary>
    public required string Resource { get; init; }

    /// <summary>Where the answer is sent.</summary>
    public required string RedirectUri { get; init; }
}
