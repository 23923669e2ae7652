using System.Text.Json.Nodes;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Registry;

/// <summary>What a client asks of a deletion, in the body or the query.</summary>
internal sealed record DeleteOptions
{
    public bool DryRun { get; init; }

    /// <summary>Background, Foreground or Orphan.</summary>
    public string Propagation { get; init; } = "Background";

    public long? GracePeriodSeconds { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public static async Task<DeleteOptions> ReadAsync(ApiRequest request)
    {
        var bytes = await RequestBody.ReadAsync(request.Http.Request, request.Cancelled);
        var body = bytes.Length == 0 ? [] : RequestBody.Parse(bytes);
        var query = request.Query;
        var propagation = body.Text("propagationPolicy") ?? query["propagationPolicy"].ToString();
        var orphan = body.Boolean("orphanDependents") ?? (query.ContainsKey("orphanDependents") ? request.Flag("orphanDependents") : null);
        if (propagation is not ("" or "Background" or "Foreground" or "Orphan"))
        {
            throw KubernetesError.Invalid(
                "meta.k8s.io", "DeleteOptions", "DeleteOptions.meta.k8s.io", string.Empty,
                [FieldError.NotSupported("propagationPolicy", propagation, "Foreground", "Background", "Orphan", "nil")]);
        }

        if (body.List("dryRun") is { Count: > 0 } dryRun && dryRun.Any(item => item.Text() != "All"))
        {
            throw KubernetesError.Invalid(
                "meta.k8s.io", "DeleteOptions", "DeleteOptions.meta.k8s.io", string.Empty,
                [FieldError.NotSupported("dryRun", dryRun[0], "All")]);
        }

        return new DeleteOptions
        {
            DryRun = request.DryRun || body.List("dryRun") is { Count: > 0 },
            Propagation = propagation.Length > 0 ? propagation : orphan == true ? "Orphan" : "Background",
            GracePeriodSeconds = body.Integer("gracePeriodSeconds") ?? request.Number("gracePeriodSeconds"),
            Uid = body.Text("preconditions", "uid"),
            ResourceVersion = body.Text("preconditions", "resourceVersion"),
        };
    }
}
