namespace InfraGate.McpServer.Inspection.Causes;

/// <summary>How much a cause matters.</summary>
internal enum CauseSeverity
{
    /// <summary>Something does not run or is not reached.</summary>
    Critical,

    /// <summary>Something is about to, or works by luck.</summary>
    Warning,

    /// <summary>Good to know before a change.</summary>
    Info,
}

/// <summary>A recognised cause of trouble, with what shows it and what to do next.</summary>
/// <param name="Name">A stable snake_case name, such as <c>image_pull_backoff</c>.</param>
/// <param name="Objects">The objects it concerns, like <c>Pod/web-1</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Evidence">Quoted from the cluster, newest first.</param>
/// <param name="Next">The next read or plan to make.</param>
internal sealed record Cause(CauseSeverity Severity, string Name, IReadOnlyList<string> Objects, string Summary, IReadOnlyList<string> Evidence, string Next)
{
    public const string ImagePullBackOff = "image_pull_backoff";
    public const string ContainerConfigError = "container_config_error";
    public const string CrashLoopBackOff = "crash_loop_backoff";
    public const string OomKilled = "oom_killed";
    public const string ProbeFailing = "probe_failing";
    public const string Unschedulable = "unschedulable";
    public const string Evicted = "evicted";
    public const string StuckTerminating = "stuck_terminating";
    public const string QuotaRefused = "quota_refused";
    public const string AdmissionRefused = "admission_refused";
    public const string RolloutStuck = "rollout_stuck";
    public const string RolloutPaused = "rollout_paused";
    public const string ScaledToZero = "scaled_to_zero";
    public const string AutoscalerInCharge = "hpa_in_charge";
    public const string SelectorMatchesNothing = "selector_matches_nothing";
    public const string TargetPortUnexposed = "target_port_unexposed";
    public const string NoReadyEndpoints = "no_ready_endpoints";
    public const string NoSelector = "no_selector";

    /// <summary>What tells two causes of one name apart, such as the container; equal ones of several Pods are told once.</summary>
    public string Detail { get; init; } = "";
}
