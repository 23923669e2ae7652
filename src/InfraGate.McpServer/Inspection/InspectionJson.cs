using System.Text.Json.Serialization;
using InfraGate.McpServer.Inspection.Diagnostics;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Inspection.Logs;
using InfraGate.McpServer.Inspection.Resources;
using InfraGate.McpServer.Inspection.Status;

namespace InfraGate.McpServer.Inspection;

/// <summary>Writes the read models as <c>structuredContent</c>; what is null is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Inventory))]
[JsonSerializable(typeof(NamespaceStatus))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(LogAnswer))]
[JsonSerializable(typeof(ResourceView))]
[JsonSerializable(typeof(DeploymentDiagnostics))]
[JsonSerializable(typeof(PodDiagnostics))]
[JsonSerializable(typeof(ServiceDiagnostics))]
internal sealed partial class InspectionJson : JsonSerializerContext;
