namespace InfraGate.Sandbox.Strategies;

/// <summary>Hands out cluster addresses of 10.96.0.0/16 and node ports 30000–32767; a dry run looks without taking.</summary>
internal sealed class ServiceAllocator
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _addresses = [];
    private readonly HashSet<int> _ports = [];
    private int _address = 256;
    private int _port = 30_000;

    public string Address(bool dryRun)
    {
        lock (_gate)
        {
            var next = _address;
            string text;
            do
            {
                next++;
                text = $"10.96.{next / 256 % 256}.{next % 256}";
            }
            while (next % 256 is 0 or 255 || _addresses.Contains(text));
            if (!dryRun)
            {
                _address = next;
                _addresses.Add(text);
            }

            return text;
        }
    }

    public int Port(bool dryRun)
    {
        lock (_gate)
        {
            var next = _port;
            while (_ports.Contains(next))
            {
                next++;
            }

            if (!dryRun)
            {
                _port = next + 1;
                _ports.Add(next);
            }

            return next;
        }
    }

    /// <summary>Takes what a client asks for; false when it is taken.</summary>
    public bool TryTakeAddress(string address, bool dryRun)
    {
        lock (_gate)
        {
            return dryRun ? !_addresses.Contains(address) : _addresses.Add(address);
        }
    }

    public void Release(string? address, IEnumerable<long> ports)
    {
        lock (_gate)
        {
            _addresses.Remove(address ?? string.Empty);
            foreach (var port in ports)
            {
                _ports.Remove((int)port);
            }
        }
    }
}
