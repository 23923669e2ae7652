using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>Retries for requests that may be sent twice: three, with back-off and jitter, or as <c>Retry-After</c> says up to five seconds.</summary>
internal static partial class SafeRetry
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static ResiliencePipeline Create(TimeProvider time, ILogger logger) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(2),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is KubernetesException { IsTransient: true } failure && (failure.RetryAfter ?? TimeSpan.Zero) <= LongestWait),
                DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as KubernetesException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    LogRetry(logger, arguments.AttemptNumber + 1, arguments.RetryDelay.TotalMilliseconds, (arguments.Outcome.Exception as KubernetesException)?.Failure);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    [LoggerMessage(Level = LogLevel.Information, Message = "Retry {Attempt} in {Milliseconds} ms after {Failure}")]
    private static partial void LogRetry(ILogger logger, int attempt, double milliseconds, KubernetesFailure? failure);
}
