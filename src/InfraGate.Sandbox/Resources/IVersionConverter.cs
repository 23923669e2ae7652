using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Resources;

/// <summary>Converts objects of a resource whose versions differ in shape.</summary>
internal interface IVersionConverter
{
    /// <summary>A new object in the shape of <paramref name="version"/>.</summary>
    JsonObject ToVersion(JsonObject stored, string version);

    /// <summary>A new object in the stored shape.</summary>
    JsonObject ToStored(JsonObject served, string version);
}
