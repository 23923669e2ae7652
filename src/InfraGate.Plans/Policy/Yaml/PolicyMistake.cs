namespace InfraGate.Plans.Policy.Yaml;

/// <summary>One thing that is wrong with a policy file.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="Message">What, and what would be right.</param>
internal sealed record PolicyMistake(long Line, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"line {Line}: {Message}";
}
