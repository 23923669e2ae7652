namespace InfraGate.Plans.Redaction.Naming;

/// <summary>How much a name says about its value.</summary>
internal enum NameStrength
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The value is a secret if it looks random (<c>key</c>, <c>credentials</c>).</summary>
    Weak,

    /// <summary>The value may as well be the name of a Kubernetes object (<c>secret: db-credentials</c>).</summary>
    Reference,

    /// <summary>The value is a secret unless it is plainly a placeholder.</summary>
    Strong,
}
