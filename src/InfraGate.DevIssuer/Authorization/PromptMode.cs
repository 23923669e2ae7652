namespace InfraGate.DevIssuer.Authorization;

/// <summary>The <c>prompt</c> parameter (OpenID Connect Core, section 3.1.2.1).</summary>
internal enum PromptMode
{
    /// <summary>Ask for what is missing.</summary>
    WhatIsMissing,

    /// <summary>Never show a page.</summary>
    None,

    /// <summary>Sign in again even when signed in (also <c>select_account</c>).</summary>
    Login,

    /// <summary>Ask for consent even when it was given before.</summary>
    Consent,
}
