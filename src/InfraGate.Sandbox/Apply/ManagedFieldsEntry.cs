using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Apply;

/// <summary>One owner of fields: who, how (Apply or Update), through which version and subresource.</summary>
internal sealed class ManagedFieldsEntry
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    public required string Manager { get; init; }

    public required string Operation { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>The subresource it was written through; recorded from Kubernetes 1.22 on.</summary>
    public string? Subresource { get; init; }

    public string? Time { get; set; }

    public required FieldSet Fields { get; set; }

    /// <summary>Appliers keep their identity over versions, updaters have one per version.</summary>
    public bool SameManager(ManagedFieldsEntry other) =>
        Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource
        && (Operation == Apply || ApiVersion == other.ApiVersion);

    /// <summary>As conflict messages name it.</summary>
    public string Describe()
    {
        var through = Subresource is null ? string.Empty : $" with subresource \"{Subresource}\"";
        return Operation == Update ? $"\"{Manager}\"{through} using {ApiVersion}" : $"\"{Manager}\"{through}";
    }

    public JsonObject ToJson()
    {
        var result = new JsonObject { ["manager"] = Manager, ["operation"] = Operation, ["apiVersion"] = ApiVersion };
        if (Time is not null)
        {
            result["time"] = Time;
        }

        result["fieldsType"] = "FieldsV1";
        result["fieldsV1"] = Fields.ToJson();
        if (Subresource is not null)
        {
            result["subresource"] = Subresource;
        }

        return result;
    }
}
