using System.Diagnostics;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// The stdin and stdout of a server process as an MCP transport. Progress is taken out of the stream in order; the SDK would hand notifications to
/// handlers side by side.
/// </summary>
internal sealed class ServerTransport(Process process, ProgressRouter progress, ILoggerFactory loggers) : IClientTransport
{
    /// <inheritdoc />
    public string Name => "server " + process.Id;

    /// <inheritdoc />
    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var streams = new StreamClientTransport(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, loggers);
        return new Ordered(await streams.ConnectAsync(cancellationToken), progress);
    }

    private sealed class Ordered : ITransport
    {
        private readonly ITransport _inner;
        private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        private readonly Task _pump;

        public Ordered(ITransport inner, ProgressRouter progress)
        {
            _inner = inner;
            _pump = PumpAsync(progress);
        }

        public string? SessionId => _inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => _inner.SendMessageAsync(message, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _inner.DisposeAsync();
            await _pump;
        }

        private async Task PumpAsync(ProgressRouter progress)
        {
            try
            {
                await foreach (var message in _inner.MessageReader.ReadAllAsync())
                {
                    if (!progress.TryTake(message))
                    {
                        await _messages.Writer.WriteAsync(message);
                    }
                }

                _messages.Writer.TryComplete();
            }
            catch (Exception failure)
            {
                // The reader of the channel, the SDK's client, is who must learn of it.
                _messages.Writer.TryComplete(failure);
            }
        }
    }
}
