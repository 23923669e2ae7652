namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>What a text that addresses the model tries to make it do.</summary>
internal enum InjectionCategory
{
    /// <summary>To drop the instructions it has.</summary>
    IgnoreInstructions,

    /// <summary>To tell its prompts.</summary>
    RevealPrompts,

    /// <summary>To call a tool.</summary>
    ToolUse,

    /// <summary>To carry secrets out.</summary>
    SecretExfiltration,

    /// <summary>To believe that someone with authority speaks, or that an approval is not needed.</summary>
    AuthorityOverride,
}

/// <summary>The stable names of <see cref="InjectionCategory"/>.</summary>
internal static class InjectionCategoryNames
{
    /// <summary>The name of a category in lower case with hyphens.</summary>
    public static string Slug(this InjectionCategory category) => category switch
    {
        InjectionCategory.IgnoreInstructions => "ignore-instructions",
        InjectionCategory.RevealPrompts => "reveal-prompts",
        InjectionCategory.ToolUse => "tool-use",
        InjectionCategory.SecretExfiltration => "secret-exfiltration",
        InjectionCategory.AuthorityOverride => "authority-override",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Unknown injection category."),
    };
}
