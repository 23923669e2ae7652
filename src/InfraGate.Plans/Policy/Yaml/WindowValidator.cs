using FluentValidation;

namespace InfraGate.Plans.Policy.Yaml;

/// <summary>What a change window must say.</summary>
internal sealed class WindowValidator : AbstractValidator<WindowModel>
{
    private const int MaximumName = 63;

    public WindowValidator()
    {
        RuleFor(window => window.Name).NotNull().WithMessage("a window must have a name.").WithState(window => window.Line);
        RuleFor(window => window.Kind).NotNull().WithMessage($"a window must have a kind, {PolicyValues.KindForm}.").WithState(window => window.Line);
        RuleFor(window => window.Length).NotNull().WithMessage($"a window must have a length, {PolicyValues.DurationForm}.").WithState(window => window.Line);
        RuleFor(window => window.TimeZone).NotNull().WithMessage("a window must have a timeZone such as Europe/Berlin or Etc/UTC.").WithState(window => window.Line);
        RuleFor(window => window.Name).MustHold(name => name.Length <= MaximumName, $"a window's name has at most {MaximumName} characters.");
        RuleFor(window => window.Length)
            .MustHold(length => length >= TimeSpan.FromMinutes(1) && length <= TimeSpan.FromDays(7), "a window's length must be 1m to 7d.");
        RuleFor(window => window.TimeZone).MustHold(IsTimeZone, "timeZone must be a name of the IANA time zone database such as Europe/Berlin.");
    }

    private static bool IsTimeZone(string name) => (name == "UTC" || name.Contains('/', StringComparison.Ordinal)) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);
}
