namespace InfraGate.Sandbox.Tests.Parity;

/// <summary>What is asked of both servers. Every answer must be the same, apart from ids, revisions and times.</summary>
internal static class Scenarios
{
    private const string Deployments = "/apis/apps/v1/namespaces/{ns}/deployments";
    private const string Web = Deployments + "/web";
    private const string Maps = "/api/v1/namespaces/{ns}/configmaps";
    private const string Limits = "/api/v1/namespaces/{ns}/limitranges";
    private const string Pods = "/api/v1/namespaces/{ns}/pods";
    private const string Services = "/api/v1/namespaces/{ns}/services";

    public const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"replicas":2,
        "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[
        {"name":"web","image":"nginx:1.27","ports":[{"containerPort":8080,"name":"http"}],"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}]}}}}
        """;

    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map"},"data":{"a":"1","b":"2"}}""";
    private const string Service = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"name":"http","port":80,"targetPort":"http"}]}}
        """;

    public static IReadOnlyDictionary<string, ScenarioStep[]> All { get; } = new Dictionary<string, ScenarioStep[]>
    {
        ["a created deployment is defaulted and its fields are owned"] = [Post(Deployments, Deployment), Get(Web)],
        ["a created service is defaulted"] = [Post(Services, Service), Get(Services + "/web")],
        ["a created config map"] = [Post(Maps, Map), Post(Maps, Map), Get(Maps + "/map"), Get(Maps + "/none")],
        ["an applied deployment is owned by its applier"] = [Apply(Web, Deployment), Apply(Web, Deployment), Get(Web)],
        ["an applied service with its protocol"] =
        [
            Apply(Services + "/web", Service.Replace("\"port\":80", "\"protocol\":\"TCP\",\"port\":80", StringComparison.Ordinal)),
            Apply(Services + "/web", Service.Replace("\"port\":80", "\"protocol\":\"TCP\",\"port\":81", StringComparison.Ordinal)),
            new("PATCH", Services + "/web", """{"spec":{"type":"NodePort"}}""", ApiClient.Merge),
            new("PATCH", Services + "/web", """{"spec":{"type":"ClusterIP"}}""", ApiClient.Merge), new("DELETE", Services + "/web"),
        ],
        ["an applied service without protocol"] = [Apply(Services + "/web", Service), Apply(Services + "/web", Service)],
        ["a dry run stores nothing"] =
        [
            Apply(Web, Deployment, "&dryRun=All"), Get(Web), Post(Deployments + "?dryRun=All", Deployment), Get(Web),
            Post(Deployments, Deployment), new("PATCH", Web + "?dryRun=All", """{"spec":{"replicas":5}}""", ApiClient.Merge), Get(Web),
            new("DELETE", Web + "?dryRun=All"), Get(Web),
        ],
        ["an apply that takes others' fields conflicts unless forced"] =
        [
            Post(Deployments, Deployment),
            Apply(Web, Deployment.Replace("nginx:1.27", "nginx:1.28", StringComparison.Ordinal).Replace("\"replicas\":2", "\"replicas\":3", StringComparison.Ordinal)),
            Apply(Web, Deployment.Replace("nginx:1.27", "nginx:1.28", StringComparison.Ordinal)),
            Apply(Web, Deployment.Replace("nginx:1.27", "nginx:1.28", StringComparison.Ordinal), "&force=true"),
        ],
        ["two appliers conflict"] =
        [
            Apply(Web, Deployment), Apply(Web, Deployment.Replace("nginx:1.27", "nginx:1.28", StringComparison.Ordinal), manager: "other"),
            Apply(Web, Deployment, manager: "other"), Apply(Web, Deployment.Replace("nginx:1.27", "nginx:1.29", StringComparison.Ordinal)),
        ],
        ["a field that its only applier leaves out is removed"] =
        [
            Apply(Web, Deployment), Apply(Web, Deployment.Replace(",{\"name\":\"B\",\"value\":\"2\"}", string.Empty, StringComparison.Ordinal)),
            Apply(Maps + "/map", Map), Apply(Maps + "/map", Map.Replace(",\"b\":\"2\"", string.Empty, StringComparison.Ordinal)),
        ],
        ["probes need one handler, and one that is left over is refused"] =
        [
            Apply(Web, WithProbe("\"readinessProbe\":{\"httpGet\":{\"port\":8080}},\"livenessProbe\":{\"tcpSocket\":{\"port\":8080}}")), Apply(Web, Deployment),
            Apply(Web, WithProbe("\"readinessProbe\":{\"tcpSocket\":{\"port\":1},\"timeoutSeconds\":1,\"periodSeconds\":10,\"successThreshold\":1,\"failureThreshold\":3}"), "&force=true"), Apply(Web, Deployment),
            Post(Deployments + "?dryRun=All", WithProbe("\"readinessProbe\":{\"httpGet\":{\"port\":8080},\"tcpSocket\":{\"port\":8080}}")),
            Post(Deployments + "?dryRun=All", WithProbe("\"livenessProbe\":{\"periodSeconds\":-1,\"successThreshold\":2},\"startupProbe\":{}")),
        ],
        ["a field that someone else set stays"] =
        [
            Apply(Maps + "/map", Map), new("PATCH", Maps + "/map", """{"data":{"c":"3"}}""", ApiClient.Merge),
            Apply(Maps + "/map", Map.Replace(",\"b\":\"2\"", string.Empty, StringComparison.Ordinal)), Get(Maps + "/map"),
        ],
        ["an apply without manager, with an unknown field, of the wrong version, with managed fields"] =
        [
            new("PATCH", Web, Deployment, ApiClient.ApplyPatch), Apply(Web, Deployment.Replace("\"replicas\"", "\"replikas\"", StringComparison.Ordinal)),
            Apply(Maps + "/map", Deployment), new("PATCH", Web + "?force=true", "{}", ApiClient.Merge),
            Apply(Web, Deployment.Replace("\"replicas\":2", "\"replicas\":\"two\"", StringComparison.Ordinal)),
        ],
        ["a strategic patch merges containers by name"] =
        [
            Post(Deployments, Deployment),
            new("PATCH", Web, """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:1.28","env":[{"name":"B","$patch":"delete"},{"name":"C","value":"3"}]}]}}}}""", ApiClient.Strategic),
            new("PATCH", Web, """{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-01-01T00:00:00Z"}}}}}""", ApiClient.Strategic),
        ],
        ["a merge patch replaces lists, a json patch tests"] =
        [
            Post(Deployments, Deployment), new("PATCH", Web, """{"spec":{"replicas":4},"metadata":{"labels":{"app":null,"tier":"x"}}}""", ApiClient.Merge),
            new("PATCH", Web, """[{"op":"replace","path":"/spec/replicas","value":1}]""", ApiClient.JsonPatch), new("PATCH", Web, "{}", "text/plain"),
        ],
        ["preconditions of patches"] =
        [
            Post(Deployments, Deployment), new("PATCH", Web, """{"metadata":{"uid":"00000000-0000-0000-0000-000000000000"}}""", ApiClient.Merge),
            new("PATCH", Web, """{"metadata":{"resourceVersion":"1"},"spec":{"replicas":9}}""", ApiClient.Merge),
            new("DELETE", Web, """{"preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}"""),
            new("DELETE", Web, """{"preconditions":{"resourceVersion":"1"}}"""),
            Apply(Web, Deployment.Replace("\"name\":\"web\",\"labels\"", "\"name\":\"web\",\"uid\":\"00000000-0000-0000-0000-000000000000\",\"labels\"", StringComparison.Ordinal)),
            Apply(Deployments + "/none", Deployment.Replace("\"name\":\"web\",\"labels\"", "\"name\":\"none\",\"uid\":\"00000000-0000-0000-0000-000000000000\",\"labels\"", StringComparison.Ordinal)),
        ],
        ["invalid deployments"] =
        [
            Post(Deployments, Deployment.Replace("\"replicas\":2", "\"replicas\":-1", StringComparison.Ordinal)),
            Post(Deployments, Deployment.Replace("\"name\":\"web\",\"labels\"", "\"name\":\"Web_1\",\"labels\"", StringComparison.Ordinal)),
            Post(Deployments, Deployment.Replace("\"matchLabels\":{\"app\":\"web\"}", "\"matchLabels\":{\"app\":\"other\"}", StringComparison.Ordinal)),
            Post(Deployments, Deployment.Replace("\"image\":\"nginx:1.27\",", string.Empty, StringComparison.Ordinal)),
            Post(Deployments, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"}}"""),
            Post(Deployments, Deployment), new("PATCH", Web, """{"spec":{"selector":{"matchLabels":{"tier":"x"}}}}""", ApiClient.Merge),
        ],
        ["invalid services and config maps"] =
        [
            Post(Services, Service.Replace("\"port\":80", "\"port\":0", StringComparison.Ordinal)),
            Post(Services, Service.Replace("\"name\":\"web\"", "\"name\":\"1web\"", StringComparison.Ordinal)),
            Post(Services, """{"apiVersion":"v1","kind":"Service","metadata":{"name":"none"},"spec":{"selector":{"a":"b"}}}"""),
            Post(Maps, Map.Replace("\"a\":\"1\"", "\"a b\":\"1\"", StringComparison.Ordinal)),
        ],
        ["what is not there"] =
        [
            Get("/apis/apps/v1/namespaces/{ns}/statefulthings"), Get("/api/v1/namespaces/nowhere-at-all"), Get(Maps + "?fieldSelector=data.x%3D1"),
            Get(Maps + "?labelSelector=%3D%3D"), Post("/api/v1/namespaces/nowhere-at-all/configmaps", Map), new("POST", Maps + "/map", Map),
        ],
        ["lists by selectors"] =
        [
            Post(Deployments, Deployment), Get(Deployments + "?labelSelector=app%3Dweb"), Get(Deployments + "?labelSelector=app%20in%20(x,y)"),
            Get(Deployments + "?labelSelector=app%20notin%20(x),!tier"), Get(Deployments + "?fieldSelector=metadata.name%3Dweb"),
            Get("/api/v1/namespaces/{ns}/pods?fieldSelector=status.phase%3DRunning"), Get("/api/v1/namespaces/{ns}/pods?fieldSelector=spec.color%3Dred"),
            Get("/api/v1/namespaces/{ns}/events?fieldSelector=involvedObject.kind%3DPod"),
            Get("/apis/events.k8s.io/v1/namespaces/{ns}/events?fieldSelector=regarding.kind%3DPod,reason%3DFailed"),
            Get("/apis/events.k8s.io/v1/namespaces/{ns}/events?fieldSelector=involvedObject.kind%3DPod"),
        ],
        ["a scale"] =
        [
            Post(Deployments, Deployment), Get(Web + "/scale"), new("PATCH", Web + "/scale", """{"spec":{"replicas":3}}""", ApiClient.Merge), Get(Web),
            new("PATCH", Web + "/scale", """{"spec":{"replicas":-3}}""", ApiClient.Merge),
        ],
        ["a replacement with a stale revision conflicts, another name is refused"] =
        [
            Post(Maps, Map), new("PUT", Maps + "/map", Map.Replace("\"name\":\"map\"", "\"name\":\"map\",\"resourceVersion\":\"1\"", StringComparison.Ordinal)),
            new("PUT", Maps + "/map", Map.Replace("\"name\":\"map\"", "\"name\":\"other\"", StringComparison.Ordinal)),
            new("PUT", Maps + "/map", Map.Replace("\"a\":\"1\"", "\"a\":\"9\"", StringComparison.Ordinal)), new("PUT", Maps + "/map", Map.Replace("\"name\":\"map\"", "\"name\":\"map\",\"uid\":\"00000000-0000-0000-0000-000000000000\"", StringComparison.Ordinal)), new("PUT", Maps + "/none", Map.Replace("map", "none", StringComparison.Ordinal)),
        ],
        ["deletions"] =
        [
            Post(Maps, Map), new("DELETE", Maps + "/map"), new("DELETE", Maps + "/map"), Post(Deployments, Deployment),
            new("DELETE", Web, """{"propagationPolicy":"Sideways"}"""), new("DELETE", Web, """{"propagationPolicy":"Foreground"}"""), Get(Web),
        ],
        ["a limit range fills in and refuses"] =
        [
            Post(Limits, """{"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"limits"},"spec":{"limits":[{"type":"Container","max":{"memory":"64Mi"},"min":{"cpu":"10m"}},{"type":"Pod","max":{"memory":"96Mi"}}]}}"""),
            Post(Pods, Pod("{}")) with { Once = "\"memory\":\"64Mi\"" }, Post(Pods, Pod("""{"limits":{"memory":"128Mi"}}""")), Post(Pods, Pod("""{"requests":{"cpu":"5m"}}""")),
            Post(Pods, Pod("""{"limits":{"memory":"64Mi"}}},{"name":"second","image":"nginx:1.27","resources":{"limits":{"memory":"64Mi"}}""")),
            new("DELETE", Limits + "/limits"),
            Post(Limits, """{"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"ratio"},"spec":{"limits":[{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}]}}"""),
            Post(Pods, Pod("""{"requests":{"cpu":"100m"},"limits":{"cpu":"0.5"}}""")) with { Once = "ratio per Container is 2" }, Post(Pods, Pod("{}")),
        ],
        ["malformed bodies"] = [Post(Maps, "{"), Post(Maps, Deployment), new("PATCH", Maps + "/none", "[]", ApiClient.Merge), new("POST", Maps, "x", "text/csv")],
    };

    private static string Pod(string resources) =>
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"serviceAccountName":"default","containers":[{"name":"web","image":"nginx:1.27","resources":""" + resources + "}]}}";

    private static string WithProbe(string probe) => Deployment.Replace("\"image\":\"nginx:1.27\",", $"\"image\":\"nginx:1.27\",{probe},", StringComparison.Ordinal);

    private static ScenarioStep Get(string path) => new("GET", path);

    private static ScenarioStep Post(string path, string body) => new("POST", path, body);

    private static ScenarioStep Apply(string path, string body, string options = "", string manager = "infragate") =>
        new("PATCH", $"{path}?fieldManager={manager}{options}", body, ApiClient.ApplyPatch);
}
