namespace InfraGate.Plans.Storage;

/// <summary>Why a plan store cannot be used; tells whoever asked whether waiting helps, and the operator where to look.</summary>
public enum PlanStoreFailure
{
    /// <summary>It cannot be reached, opened, read or written, or holds what no InfraGate wrote.</summary>
    Unavailable,

    /// <summary>Others held it locked for longer than was waited; passes by itself.</summary>
    Busy,

    /// <summary>There is no space left where it lies.</summary>
    Full,
}
