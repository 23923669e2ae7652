namespace InfraGate.DevIssuer.Authorization;

/// <summary>The <c>prompt</c> parameter (OpenID Connect Core, section 3.1.2.1).</summary>
[Flags]
internal enum PromptModes
{
    /// <summary>The parameter is absent: ask for what is missing.</summary>
    None = 0,

    /// <summary><c>none</c>: never show a page.</summary>
    Silent = 1,

    /// <summary><c>login</c> or <c>select_account</c>: sign in again even when signed in.</summary>
    SignIn = 2,

    /// <summary><c>consent</c>: ask for consent even when it was given before.</summary>
    Consent = 4,
}
