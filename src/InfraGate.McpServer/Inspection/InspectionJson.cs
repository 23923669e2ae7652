using System.Text.Json.Serialization;
using InfraGate.McpServer.Inspection.Status;

namespace InfraGate.McpServer.Inspection;

/// <summary>Writes the read models as <c>structuredContent</c>; what is null is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Inventory))]
[JsonSerializable(typeof(NamespaceStatus))]
internal sealed partial class InspectionJson : JsonSerializerContext;
