using System.Text.Json.Serialization;

namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>
/// Reading and writing of the models here; what a model does not name is skipped while it is parsed. Their properties have setters because generated
/// readers would replace the defaults of init-only ones by null.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
[JsonSerializable(typeof(StatusObject))]
[JsonSerializable(typeof(VersionInfo))]
[JsonSerializable(typeof(AccessReview))]
[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(WatchLine))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(ObjectList<Deployment>))]
[JsonSerializable(typeof(ObjectList<ReplicaSet>))]
[JsonSerializable(typeof(ObjectList<PodBrief>))]
[JsonSerializable(typeof(ObjectList<Pod>))]
[JsonSerializable(typeof(ObjectList<Service>))]
[JsonSerializable(typeof(ObjectList<ConfigMap>))]
[JsonSerializable(typeof(ObjectList<EventRecord>))]
[JsonSerializable(typeof(ObjectList<EndpointSlice>))]
[JsonSerializable(typeof(Endpoints))]
[JsonSerializable(typeof(ObjectList<Endpoints>))]
[JsonSerializable(typeof(ObjectList<Autoscaler>))]
[JsonSerializable(typeof(DetailedWorkload))]
[JsonSerializable(typeof(DetailedPod))]
[JsonSerializable(typeof(ReplicaSet))]
[JsonSerializable(typeof(PodBrief))]
[JsonSerializable(typeof(EndpointSlice))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
