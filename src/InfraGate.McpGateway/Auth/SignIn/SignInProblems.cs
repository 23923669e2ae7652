using Microsoft.AspNetCore.Authentication;

namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>What can go wrong in a sign-in, as keys that the page <c>/approvals/sign-in-problem</c> explains.</summary>
internal static partial class SignInProblems
{
    /// <summary>The answer names another issuer.</summary>
    public const string WrongIssuer = "wrong-issuer";

    /// <summary>The issuer did not take the code.</summary>
    public const string CodeRefused = "code-refused";

    /// <summary>The ID token is missing, forged, stale, for somebody else or for another sign-in.</summary>
    public const string WrongIdToken = "wrong-id-token";

    /// <summary>The issuer cannot be reached.</summary>
    public const string Unreachable = "unreachable";

    private const string Cancelled = "cancelled";
    private const string Other = "interrupted";

    /// <summary>The page that explains a problem.</summary>
    public static string PageOf(string problem) => "/approvals/sign-in-problem?reason=" + problem;

    /// <summary>Sends the browser to the page that explains; nothing of the failed answer goes along.</summary>
    public static Task RedirectAsync(RemoteFailureContext context)
    {
        var problem = context.Failure switch
        {
            SignInRefusedException refused => refused.Problem,
            IssuerUnavailableException => Unreachable,
            AuthenticationFailureException denied when (denied.Data["error"] as string) == "access_denied" => Cancelled,
            _ => Other,
        };
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignInProblems));
        LogFailed(logger, problem, context.Failure?.GetType().Name ?? "none");
        context.Response.Redirect(PageOf(problem));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "An approver's sign-in failed: {Problem} ({Failure})")]
    private static partial void LogFailed(ILogger logger, string problem, string failure);
}
