namespace InfraGate.Plans.Policy.Yaml;

/// <summary>A value and the line on which it stands, so that every mistake can be named by its place.</summary>
internal sealed record Located<T>(T Value, long Line);
