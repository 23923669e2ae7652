using System.Text.RegularExpressions;
using FluentValidation;
using InfraGate.Plans.Findings;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>The bounds of everything that a rule or the defaults may set.</summary>
internal sealed partial class SettingsValidator : AbstractValidator<SettingsModel>
{
    /// <summary>The most approvals that a policy may ask for.</summary>
    public const int MaximumApprovals = 10;

    private const int MaximumReplicas = 1000;

    public SettingsValidator()
    {
        RuleFor(settings => settings.Approvals).MustHold(number => number is >= 1 and <= MaximumApprovals, $"approvals must be 1 to {MaximumApprovals}.");
        RuleFor(settings => settings.PlanLifetime).MustHold(IsLifetime, "planLifetime must be 1m to 24h.");
        RuleFor(settings => settings.GrantLifetime).MustHold(IsLifetime, "grantLifetime must be 1m to 24h.");
        RuleFor(settings => settings.MaximumReplicas).MustHold(number => number is >= 0 and <= MaximumReplicas, $"maximumReplicas must be 0 to {MaximumReplicas}.");
        RuleForEach(settings => settings.ImageRegistries)
            .MustHold(RegistryPattern().IsMatch, "an image registry is a host with an optional port and path, without scheme: registry.example.com/team.");
        RuleForEach(settings => settings.Severities)
            .Must(severity => FindingCodes.IsKnown(severity.Code.Value))
            .WithMessage((_, severity) => $"there is no finding '{severity.Code.Value}'; known are {string.Join(", ", FindingCodes.All)}.")
            .WithState((_, severity) => severity.Code.Line)
            .Must(severity => severity.Severity >= FindingCodes.LeastSeverity(severity.Code.Value))
            .WithMessage((_, severity) => $"'{severity.Code.Value}' can be acknowledge or block only: what it says must be seen.")
            .WithState((_, severity) => severity.Code.Line);
    }

    private static bool IsLifetime(TimeSpan lifetime) => lifetime >= TimeSpan.FromMinutes(1) && lifetime <= TimeSpan.FromHours(24);

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RegistryPattern();
}
