namespace InfraGate.Plans.Policy.Yaml;

/// <summary>From the bytes of a policy file to the policy, or to everything that is wrong with them.</summary>
internal static class PolicyDocument
{
    /// <summary>Exactly one of the two is there: the policy, or at least one mistake, in the order of their lines.</summary>
    public static (PolicySnapshot? Snapshot, IReadOnlyList<PolicyMistake> Mistakes) Parse(byte[] bytes, string version)
    {
        var reader = new PolicyReader();
        var model = reader.Read(bytes);
        var mistakes = new List<PolicyMistake>(reader.Mistakes);
        if (model is not null)
        {
            mistakes.AddRange(new PolicyModelValidator().Validate(model).Errors.Select(failure => new PolicyMistake((long)failure.CustomState, failure.ErrorMessage)));
        }

        return mistakes.Count == 0 ? (PolicyBuilder.Build(model!, version), []) : (null, [.. mistakes.OrderBy(mistake => mistake.Line)]);
    }
}
