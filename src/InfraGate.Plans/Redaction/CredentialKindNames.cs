namespace InfraGate.Plans.Redaction;

/// <summary>The stable, lower-case names of <see cref="CredentialKind"/>, as shown in placeholders and audits.</summary>
public static class CredentialKindNames
{
    /// <summary>The name of a kind in lower case with hyphens, for example <c>service-account-token</c>.</summary>
    public static string Slug(this CredentialKind kind) => kind switch
    {
        CredentialKind.Jwt => "jwt",
        CredentialKind.ServiceAccountToken => "service-account-token",
        CredentialKind.BearerToken => "bearer-token",
        CredentialKind.BasicAuth => "basic-auth",
        CredentialKind.Authorization => "authorization",
        CredentialKind.Cookie => "cookie",
        CredentialKind.PrivateKey => "private-key",
        CredentialKind.UrlPassword => "url-password",
        CredentialKind.ConnectionString => "connection-string",
        CredentialKind.SignedUrl => "signed-url",
        CredentialKind.PasswordHash => "password-hash",
        CredentialKind.Password => "password",
        CredentialKind.Secret => "secret",
        CredentialKind.Token => "token",
        CredentialKind.ApiKey => "api-key",
        CredentialKind.AwsKey => "aws-key",
        CredentialKind.GoogleKey => "google-key",
        CredentialKind.AzureKey => "azure-key",
        CredentialKind.GitHubToken => "github-token",
        CredentialKind.GitLabToken => "gitlab-token",
        CredentialKind.SlackToken => "slack-token",
        CredentialKind.StripeKey => "stripe-key",
        CredentialKind.HashiCorpToken => "hashicorp-token",
        CredentialKind.RegistryToken => "registry-token",
        CredentialKind.ModelProviderKey => "model-provider-key",
        CredentialKind.EncodedCredential => "encoded-credential",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown credential kind."),
    };

    /// <summary>What stands in the place of a redacted value, for example <c>[redacted:jwt]</c>.</summary>
    public static string Placeholder(this CredentialKind kind) => $"[redacted:{kind.Slug()}]";
}
