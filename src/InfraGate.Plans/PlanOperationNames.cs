namespace InfraGate.Plans;

/// <summary>The one mapping between <see cref="PlanOperation"/> and its name on the wire, in the database and in policy files.</summary>
public static class PlanOperationNames
{
    private static readonly Dictionary<PlanOperation, string> Names = new()
    {
        [PlanOperation.Apply] = "apply",
        [PlanOperation.Delete] = "delete",
        [PlanOperation.Scale] = "scale",
        [PlanOperation.Restart] = "restart",
        [PlanOperation.SetImage] = "set-image",
    };

    /// <summary>All names, in the order of the enum.</summary>
    public static IReadOnlyCollection<string> All => Names.Values;

    /// <summary>The name of an operation.</summary>
    public static string ToName(this PlanOperation operation) => Names[operation];

    /// <summary>Reads a name; false for anything else.</summary>
    public static bool TryParse(string? name, out PlanOperation operation)
    {
        foreach (var (candidate, text) in Names)
        {
            if (text == name)
            {
                operation = candidate;
                return true;
            }
        }

        operation = default;
        return false;
    }
}
