using System.Text.RegularExpressions;
using FluentValidation;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>What a rule must say.</summary>
internal sealed partial class RuleValidator : AbstractValidator<RuleModel>
{
    public RuleValidator()
    {
        RuleFor(rule => rule.Namespaces)
            .NotEmpty()
            .WithMessage("a rule must name its namespaces; '*' stands for all.")
            .WithState(rule => rule.Line);
        RuleForEach(rule => rule.Namespaces)
            .MustHold(name => name == PolicySnapshot.AnyNamespace || LabelPattern().IsMatch(name), "a namespace is '*' or a DNS label: lower-case letters, digits and hyphens, at most 63.");
        RuleFor(rule => rule.Operations)
            .Must(operations => operations is not { Count: 0 })
            .WithMessage("operations must not be empty; leave it out for all.")
            .WithState(rule => rule.Line);
        RuleFor(rule => rule.Settings).SetValidator(new SettingsValidator());
    }

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LabelPattern();
}
