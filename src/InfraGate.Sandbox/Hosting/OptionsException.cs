namespace InfraGate.Sandbox.Hosting;

/// <summary>The options are wrong; the message names every mistake.</summary>
internal sealed class OptionsException(IEnumerable<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes));
