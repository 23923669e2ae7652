namespace InfraGate.Plans.Lookalikes;

/// <summary>Where an odd character is worth a finding; the approval page marks all of them.</summary>
public enum OddityReach
{
    /// <summary>Nowhere: some language writes so.</summary>
    Shown,

    /// <summary>In a value that a program reads; good typography in what only people read.</summary>
    Running,

    /// <summary>Anywhere.</summary>
    Anywhere,
}
