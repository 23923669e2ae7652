using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Defaulting;

/// <summary>Defaults of Pods and of Pod templates, as Kubernetes 1.20 sets them.</summary>
internal static class PodDefaults
{
    /// <summary>Defaults that every Pod spec gets, also within a template.</summary>
    public static void Spec(JsonObject spec)
    {
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            Container(container);
        }

        foreach (var volume in spec.Items("volumes"))
        {
            Volume(volume);
        }

        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("securityContext", new JsonObject());
        spec.Default("schedulerName", "default-scheduler");
        if (spec.Text("serviceAccountName") is { } account)
        {
            spec["serviceAccount"] = account;
        }
    }

    /// <summary>Defaults that only a Pod itself gets.</summary>
    public static void Pod(JsonObject spec)
    {
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            if (container.Object("resources", "limits") is { } limits)
            {
                var requests = container.Ensure("resources").Ensure("requests");
                foreach (var (name, value) in limits)
                {
                    requests.Default(name, value!.DeepClone());
                }
            }
        }

        spec.Default("enableServiceLinks", true);
    }

    /// <summary>What admission adds to a Pod: its account, its priority, and how long it bears a node that is gone.</summary>
    public static void Admitted(JsonObject spec)
    {
        spec.Default("serviceAccountName", "default");
        spec.Default("serviceAccount", spec.Text("serviceAccountName")!);
        spec.Default("priority", 0);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        if (spec["tolerations"] is null)
        {
            spec["tolerations"] = new JsonArray(Toleration("not-ready"), Toleration("unreachable"));
        }
    }

    private static JsonObject Toleration(string condition) => new()
    {
        ["key"] = "node.kubernetes.io/" + condition,
        ["operator"] = "Exists",
        ["effect"] = "NoExecute",
        ["tolerationSeconds"] = 300,
    };

    private static void Container(JsonObject container)
    {
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("resources", new JsonObject());
        container.Default("imagePullPolicy", PullPolicy(container.Text("image") ?? string.Empty));
        foreach (var port in container.Items("ports"))
        {
            port.Default("protocol", "TCP");
        }

        foreach (var environment in container.Items("env"))
        {
            environment.Object("valueFrom", "fieldRef")?.Default("apiVersion", "v1");
        }

        foreach (var name in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
        {
            if (container.Object(name) is { } probe)
            {
                Probe(probe);
            }
        }
    }

    private static void Probe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe.Object("httpGet") is { } get)
        {
            get.Default("path", "/");
            get.Default("scheme", "HTTP");
        }
    }

    private static void Volume(JsonObject volume)
    {
        foreach (var name in new[] { "configMap", "secret", "downwardAPI", "projected" })
        {
            volume.Object(name)?.Default("defaultMode", 420);
        }

        volume.Object("hostPath")?.Default("type", string.Empty);
        if (volume.Count == 1)
        {
            volume["emptyDir"] = new JsonObject();
        }
    }

    /// <summary>Always for <c>:latest</c> and for no tag, else IfNotPresent.</summary>
    private static string PullPolicy(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        if (name.Contains('@', StringComparison.Ordinal))
        {
            return "IfNotPresent";
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }
}
