namespace InfraGate.Plans.Redaction;

/// <summary>What sort of credential was recognised. The name a reader sees is <see cref="CredentialKindNames.Slug"/>.</summary>
public enum CredentialKind
{
    /// <summary>A JSON Web Token (RFC 7519), also a cut one.</summary>
    Jwt,

    /// <summary>A JWT issued to a Kubernetes service account.</summary>
    ServiceAccountToken,

    /// <summary>The value of an <c>Authorization</c> header with a bearer scheme (RFC 6750), or a bearer token in running text.</summary>
    BearerToken,

    /// <summary>HTTP basic credentials (RFC 7617), or a registry's <c>auth</c> entry.</summary>
    BasicAuth,

    /// <summary>The value of an <c>Authorization</c> header with another scheme.</summary>
    Authorization,

    /// <summary>The value of a <c>Cookie</c> or <c>Set-Cookie</c> header, or a session cookie.</summary>
    Cookie,

    /// <summary>A private key: a PEM block (RFC 7468), escaped, cut or whole, or another known private key form.</summary>
    PrivateKey,

    /// <summary>The password part of a URL.</summary>
    UrlPassword,

    /// <summary>The secret part of a connection string.</summary>
    ConnectionString,

    /// <summary>A signature that makes a pre-signed URL work.</summary>
    SignedUrl,

    /// <summary>A hash of a password (bcrypt, argon2, crypt).</summary>
    PasswordHash,

    /// <summary>A value under a name that says it is a password.</summary>
    Password,

    /// <summary>A value under a name that says it is a secret.</summary>
    Secret,

    /// <summary>A value under a name that says it is a token.</summary>
    Token,

    /// <summary>A key, by its vendor's form or by its name.</summary>
    ApiKey,

    /// <summary>An access key id, secret access key or session token of AWS.</summary>
    AwsKey,

    /// <summary>A key or token of Google Cloud.</summary>
    GoogleKey,

    /// <summary>A key or client secret of Azure.</summary>
    AzureKey,

    /// <summary>A token of GitHub.</summary>
    GitHubToken,

    /// <summary>A token of GitLab.</summary>
    GitLabToken,

    /// <summary>A token or webhook of Slack.</summary>
    SlackToken,

    /// <summary>A key of Stripe.</summary>
    StripeKey,

    /// <summary>A token of HashiCorp Vault or Terraform.</summary>
    HashiCorpToken,

    /// <summary>A token of a package registry (npm, PyPI, RubyGems, Docker Hub).</summary>
    RegistryToken,

    /// <summary>A key of a model provider.</summary>
    ModelProviderKey,

    /// <summary>Encoded text (base64) in which a credential was recognised.</summary>
    EncodedCredential,
}
