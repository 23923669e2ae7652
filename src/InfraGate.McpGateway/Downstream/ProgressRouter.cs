using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// Brings the server's progress to the calls it belongs to, in the order in which the server sent it: a call's progress is complete before its result
/// goes on. Calls are told apart by tokens of the gateway's own, so that two clients may well choose the same one.
/// </summary>
internal sealed class ProgressRouter
{
    // Progress is worth only so much: of a server that sends more than is forwarded, the oldest is dropped.
    private const int MaxPending = 64;

    private readonly ConcurrentDictionary<string, Channel<ProgressNotificationValue>> _routes = new(StringComparer.Ordinal);
    private long _lastToken;

    /// <summary>Opens a route to the receiver. Disposing it delivers what has already arrived, then closes it.</summary>
    public Route Open(Func<ProgressNotificationValue, Task> receive)
    {
        var token = "g" + Interlocked.Increment(ref _lastToken);
        var channel = Channel.CreateBounded<ProgressNotificationValue>(new BoundedChannelOptions(MaxPending) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
        _routes[token] = channel;
        return new Route(this, token, channel, receive);
    }

    /// <summary>Takes the parameters of a progress notification; called for one after the other.</summary>
    public void Take(ReadOnlyMemory<byte> parameters)
    {
        var progress = JsonSerializer.Deserialize(parameters.Span, PipeConversation.TypeOf<ProgressNotificationParams>());
        if (progress?.ProgressToken.Token is string token && _routes.TryGetValue(token, out var channel))
        {
            channel.Writer.TryWrite(progress.Progress);
        }
    }

    /// <summary>One call's progress.</summary>
    internal sealed class Route : IAsyncDisposable
    {
        private readonly ProgressRouter _router;
        private readonly Channel<ProgressNotificationValue> _channel;
        private readonly Task _delivery;

        public Route(ProgressRouter router, string token, Channel<ProgressNotificationValue> channel, Func<ProgressNotificationValue, Task> receive)
        {
            _router = router;
            _channel = channel;
            Token = token;
            _delivery = DeliverAsync(receive);
        }

        /// <summary>What the server is to send with progress of this call.</summary>
        public string Token { get; }

        public async ValueTask DisposeAsync()
        {
            _router._routes.TryRemove(Token, out _);
            _channel.Writer.TryComplete();
            await _delivery;
        }

        private async Task DeliverAsync(Func<ProgressNotificationValue, Task> receive)
        {
            try
            {
                await foreach (var progress in _channel.Reader.ReadAllAsync())
                {
                    await receive(progress);
                }
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The client went away: the call's own result tells that, progress need not.
            }
        }
    }
}
