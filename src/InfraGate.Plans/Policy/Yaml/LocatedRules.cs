using FluentValidation;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>Rules about located values: nothing said is nothing wrong, and a failure carries the value's line.</summary>
internal static class LocatedRules
{
    /// <summary>The value, where there is one, must satisfy a condition.</summary>
    public static void MustHold<TModel, TValue>(this IRuleBuilder<TModel, Located<TValue>?> rule, Func<TValue, bool> condition, string message) => rule
        .Must(located => located is null || condition(located.Value))
        .WithMessage(message)
        .WithState((_, located) => located!.Line);
}
