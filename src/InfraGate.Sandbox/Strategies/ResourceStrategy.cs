using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Strategies;

/// <summary>What is particular about writing one kind: its defaults, what the system fills in, and which objects are valid.</summary>
internal class ResourceStrategy(ResourceType type)
{
    public ResourceType Type { get; } = type;

    /// <summary>Whether names are DNS labels rather than subdomains.</summary>
    public virtual bool NamesAreLabels => false;

    /// <summary>Fills in what a client may leave out. Idempotent.</summary>
    public virtual void Default(JsonObject value)
    {
    }

    /// <summary>Drops what a client cannot set on a new object, and fills in what the system decides.</summary>
    public virtual void PrepareForCreate(JsonObject value, bool dryRun)
    {
        if (Type.HasStatus)
        {
            value["status"] = new JsonObject();
        }
    }

    /// <summary>Carries over what a client cannot change.</summary>
    public virtual void PrepareForUpdate(JsonObject value, JsonObject before, bool dryRun)
    {
    }

    /// <summary>Takes addresses and ports for the object; nobody owns those fields. <paramref name="before"/> is null for a new object.</summary>
    public virtual void Allocate(JsonObject value, JsonObject? before, bool dryRun)
    {
    }

    public virtual IEnumerable<FieldError> Validate(JsonObject value) => [];

    public virtual IEnumerable<FieldError> ValidateUpdate(JsonObject value, JsonObject before) => [];

    /// <summary>Gives back what the system had allocated for a removed object.</summary>
    public virtual void Released(JsonObject value)
    {
    }

    /// <summary>Whether the change from <paramref name="before"/> counts as a new generation.</summary>
    public bool IsNewGeneration(JsonObject value, JsonObject before) => Type.HasGeneration && !JsonNode.DeepEquals(Counted(value), Counted(before));

    private static JsonObject Counted(JsonObject value)
    {
        var copy = new JsonObject();
        foreach (var (name, part) in value)
        {
            if (name is not ("metadata" or "status" or "apiVersion" or "kind"))
            {
                copy[name] = part?.DeepClone();
            }
        }

        if (value.Object("metadata", "annotations") is { } annotations && value.Text("kind") == "Deployment")
        {
            // The Deployment strategy counts a change of annotations too.
            copy["annotations"] = annotations.DeepClone();
        }

        return copy;
    }
}
