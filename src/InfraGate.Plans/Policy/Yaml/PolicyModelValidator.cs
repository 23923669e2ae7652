using FluentValidation;
using FluentValidation.Results;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>What must be true of a whole policy file beyond the types of its values. Each failure carries its line.</summary>
internal sealed class PolicyModelValidator : AbstractValidator<PolicyModel>
{
    private const int KnownVersion = 1;

    public PolicyModelValidator()
    {
        RuleFor(model => model.Version)
            .Must(version => version?.Value == KnownVersion)
            .WithMessage($"the policy must say 'version: {KnownVersion}'.")
            .WithState((_, version) => version?.Line ?? 1);
        RuleFor(model => model.Defaults).SetValidator(new SettingsValidator());
        RuleForEach(model => model.Rules).SetValidator(new RuleValidator());
        RuleForEach(model => model.Windows).SetValidator(new WindowValidator());
        RuleFor(model => model).Custom((model, context) => RefuseNamesTwice(model, context));
        RuleFor(model => model).Custom((model, context) => RefuseRulesThatTie(model, context));
        RuleFor(model => model).Custom((model, context) => RefuseUnknownWindows(model, context));
        RuleFor(model => model).Custom((model, context) => RefuseWhatNobodyCanMeet(model, context));
    }

    private static void RefuseNamesTwice(PolicyModel model, ValidationContext<PolicyModel> context)
    {
        foreach (var repeated in model.Windows.Select(window => window.Name).OfType<Located<string>>().GroupBy(name => name.Value).SelectMany(group => group.Skip(1)))
        {
            Fail(context, repeated.Line, $"there already is a window '{repeated.Value}'.");
        }
    }

    private static void RefuseRulesThatTie(PolicyModel model, ValidationContext<PolicyModel> context)
    {
        var taken = new Dictionary<(string, PlanOperation?), long>();
        foreach (var rule in model.Rules)
        {
            foreach (var key in PolicyBuilder.KeysOf(rule))
            {
                if (!taken.TryAdd(key, rule.Line))
                {
                    var operation = key.Operation is { } named ? named.ToName() : "every operation";
                    Fail(context, rule.Line, $"the rule on line {taken[key]} already is for namespace '{key.Namespace}' and {operation}; two rules may not be equally specific.");
                }
            }
        }
    }

    private static void RefuseUnknownWindows(PolicyModel model, ValidationContext<PolicyModel> context)
    {
        var known = model.Windows.Select(window => window.Name?.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var name in model.Rules.Select(rule => rule.Settings).Prepend(model.Defaults).SelectMany(settings => settings.Windows ?? []).Where(name => !known.Contains(name.Value)))
        {
            Fail(context, name.Line, $"there is no window '{name.Value}' under 'windows'.");
        }
    }

    private static void RefuseWhatNobodyCanMeet(PolicyModel model, ValidationContext<PolicyModel> context)
    {
        var defaults = PolicyBuilder.OverlayApproval(EffectivePolicy.Default, model.Defaults);
        Judge(defaults, model.Defaults);
        foreach (var rule in model.Rules)
        {
            Judge(PolicyBuilder.OverlayApproval(defaults, rule.Settings), rule.Settings);
        }

        // A rule that says nothing of who approves has the defaults' mistake, which is named there.
        void Judge(EffectivePolicy policy, SettingsModel settings)
        {
            if (Satisfiable.Line(settings) is { } line && Satisfiable.Refusal(policy) is { } refusal)
            {
                Fail(context, line, refusal);
            }
        }
    }

    private static void Fail(ValidationContext<PolicyModel> context, long line, string message) =>
        context.AddFailure(new ValidationFailure(nameof(PolicyModel), message) { CustomState = line });
}
