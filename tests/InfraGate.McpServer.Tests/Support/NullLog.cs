using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfraGate.McpServer.Tests.Support;

internal static class NullLog
{
    public static ILoggerFactory Factory => NullLoggerFactory.Instance;
}
