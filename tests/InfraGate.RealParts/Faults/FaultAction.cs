namespace InfraGate.RealParts.Faults;

/// <summary>What a <see cref="FaultProxy"/> does to a request that a rule matches.</summary>
public enum FaultAction
{
    /// <summary>Cuts the connection; the request never reaches the server behind.</summary>
    CutBefore,

    /// <summary>Lets the server handle the request and cuts the connection instead of answering: the caller cannot know whether it ran.</summary>
    CutAfter,

    /// <summary>Holds the request back until <see cref="FaultRule.Release"/>.</summary>
    HoldBefore,

    /// <summary>Lets the server handle the request and holds its answer back until <see cref="FaultRule.Release"/>.</summary>
    HoldAfter,

    /// <summary>Passes the head of the answer on and then nothing, as a connection does that died without a word, until <see cref="FaultRule.Release"/>.</summary>
    Stall,

    /// <summary>Passes the answer on as it comes and cuts the connection at <see cref="FaultRule.Release"/>.</summary>
    CutDuring,

    /// <summary>Passes the request on after <see cref="FaultRule.Delay"/>.</summary>
    Delay,

    /// <summary>Answers with <see cref="FaultRule.Status"/> and <see cref="FaultRule.Body"/>; the request never reaches the server.</summary>
    Answer,
}
