namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>A sign-in whose answer was not what it must be. The problem is one of <see cref="SignInProblems"/>; details stay in the log.</summary>
internal sealed class SignInRefusedException(string problem) : Exception("The sign-in was refused: " + problem)
{
    /// <summary>What was wrong, as a key that a page can explain.</summary>
    public string Problem { get; } = problem;
}
