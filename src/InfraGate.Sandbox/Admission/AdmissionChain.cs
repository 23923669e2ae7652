using System.Text.Json.Nodes;
using InfraGate.Sandbox.Defaulting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Admission;

/// <summary>What the API server's admission plugins do to new objects: fill in what a LimitRange says and what every Pod gets, then refuse what it or a quota does not allow.</summary>
internal sealed class AdmissionChain(ResourceCatalog catalog, LimitRanger limits, QuotaAdmission quotas)
{
    /// <summary>Fills in what is left out. Nobody owns what admission has set.</summary>
    public void Complete(WriteContext context, JsonObject value)
    {
        limits.Complete(context, value);
        if (context.Resource.Type == catalog.Pods)
        {
            PodDefaults.Admitted(value.Ensure("spec"));
        }
    }

    /// <summary>Refuses what the namespace does not allow. Whoever stores the object afterwards holds a lock over both, or two could share the last of a quota.</summary>
    /// <exception cref="Api.KubernetesError">It is forbidden.</exception>
    public void Check(WriteContext context, JsonObject value)
    {
        limits.Check(context, value);
        quotas.Check(context, value);
    }
}
