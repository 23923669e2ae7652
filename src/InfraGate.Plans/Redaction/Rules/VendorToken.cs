using System.Buffers;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>The published form of one vendor's tokens: a prefix, then a run of an alphabet.</summary>
/// <param name="Prefix">What the token starts with, in this case.</param>
/// <param name="Kind">What it is reported as.</param>
/// <param name="Alphabet">What follows the prefix.</param>
/// <param name="Shortest">The fewest characters after the prefix.</param>
/// <param name="Longest">The most characters after the prefix; a longer run is something else.</param>
/// <param name="NeedsDigit">Whether a run without any digit is words rather than a token.</param>
internal sealed record VendorToken(string Prefix, CredentialKind Kind, SearchValues<char> Alphabet, int Shortest, int Longest = int.MaxValue, bool NeedsDigit = false);
