using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace InfraGate.RealParts.Waiting;

/// <summary>Waits for a condition with a deadline. Nothing in the tests waits for time to pass.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Reads until <paramref name="condition"/> holds and returns that value.</summary>
    /// <exception cref="TimeoutException">The condition did not hold in time; names the condition and the last value.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> read,
        Func<T, bool> condition,
        TimeSpan? deadline = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var limit = deadline ?? DefaultDeadline;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (condition(value))
                return value;
            if (watch.Elapsed > limit)
                throw new TimeoutException($"Not so within {limit.TotalSeconds:0.#} s: {what}. Last value: {value}");
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? deadline = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(condition))] string what = "") =>
        GetAsync(condition, static held => held, deadline, cancellationToken, what);
}
