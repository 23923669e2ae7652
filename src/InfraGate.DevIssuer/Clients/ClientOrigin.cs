namespace InfraGate.DevIssuer.Clients;

/// <summary>How the issuer came to know a client.</summary>
internal enum ClientOrigin
{
    /// <summary>Named in the issuer's configuration.</summary>
    Configured,

    /// <summary>Registered itself (RFC 7591).</summary>
    Registered,

    /// <summary>Its id is the URL of its metadata (OAuth Client ID Metadata Document).</summary>
    MetadataDocument,
}
