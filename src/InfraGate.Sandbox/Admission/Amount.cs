using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Admission;

/// <summary>How much of a resource; written as Go writes quantities, in powers of 1024 where it was given so.</summary>
internal readonly record struct Amount(double Value, bool Binary = false)
{
    /// <summary>The sum, written as the first that is not nothing.</summary>
    public static Amount operator +(Amount left, Amount right) => new(left.Value + right.Value, left.Value == 0 ? right.Binary : left.Binary);

    public override string ToString() => Quantity.Format(Value, Binary);
}
