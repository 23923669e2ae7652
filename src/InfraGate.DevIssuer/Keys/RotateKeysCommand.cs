using InfraGate.DevIssuer.Configuration;
using InfraGate.DevIssuer.State;

namespace InfraGate.DevIssuer.Keys;

/// <summary><c>rotate-keys</c>: makes a new signing key. A running issuer picks it up; tokens signed by the previous key stay valid until they expire.</summary>
internal static class RotateKeysCommand
{
    // Longer than any token that the retired key may have signed.
    private static readonly TimeSpan PublishRetiredFor = TimeSpan.FromDays(2);

    public static int Run(IssuerOptions options, TimeProvider time, TextWriter output)
    {
        StateFolder.Create(options.StateRoot);
        var keys = new KeyFile(options.StateRoot).Rotate(time.GetUtcNow(), PublishRetiredFor).Keys;
        output.WriteLine($"new signing key {keys[0].Kid}; {keys.Count - 1} retired key(s) still published");
        return 0;
    }
}
