namespace InfraGate.RealParts.Kubelet;

/// <summary>What a simulated container does. A Pod asks for it with annotations (<see cref="PodScript"/>) or by an image that cannot be pulled.</summary>
public enum ContainerBehaviour
{
    /// <summary>Starts and becomes ready.</summary>
    Runs,

    /// <summary>Its image cannot be pulled.</summary>
    ImagePullBackOff,

    /// <summary>Ends again and again, with the exit code or signal asked for.</summary>
    CrashLoopBackOff,

    /// <summary>Ends again and again for want of memory.</summary>
    OomKilled,

    /// <summary>Runs, and its readiness probe fails.</summary>
    ReadinessFails,

    /// <summary>Is restarted again and again because its liveness probe fails.</summary>
    LivenessFails,

    /// <summary>Cannot be set up, because the ConfigMap that its environment comes from does not exist.</summary>
    ConfigurationFails,

    /// <summary>Ends with 0 and is not started again.</summary>
    Completes,
}
