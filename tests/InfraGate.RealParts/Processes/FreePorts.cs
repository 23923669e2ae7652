using System.Net;
using System.Net.Sockets;

namespace InfraGate.RealParts.Processes;

/// <summary>Free loopback ports for programs that cannot pick one themselves.</summary>
public static class FreePorts
{
    /// <summary>Ports that were free a moment ago, all different. Another process may take one before it is used: start again then.</summary>
    public static IReadOnlyList<int> Find(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
