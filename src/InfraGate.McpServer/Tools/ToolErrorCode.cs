using System.Text.Json;

namespace InfraGate.McpServer.Tools;

/// <summary>Why a tool call was refused or failed; on the wire each is its snake_case name.</summary>
internal enum ToolErrorCode
{
    NamespaceNotAllowed,
    InvalidArgument,
    UnsupportedKind,
    NotFound,
    Forbidden,
    FieldConflict,
    AdmissionDenied,
    ClusterUnavailable,
    Timeout,
    PolicyBlocked,
    PlanNotFound,
    ApprovalRequired,
    PlanDenied,
    PlanExpired,
    PlanStale,
    PlanTampered,
    PlanAlreadyApplied,
    PlanFailed,
    RateLimited,
}

/// <summary>The wire names of <see cref="ToolErrorCode"/>.</summary>
internal static class ToolErrorCodes
{
    private static readonly string[] Names =
        [.. Enum.GetNames<ToolErrorCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>The stable name that clients see, e.g. <c>namespace_not_allowed</c>.</summary>
    public static string ToWire(this ToolErrorCode code) => Names[(int)code];
}
