using System.Security.Cryptography;

namespace InfraGate.Sandbox.Registry;

/// <summary>Random suffixes in the alphabet that Kubernetes uses: no vowels, so that no words come about.</summary>
internal static class NameGenerator
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Suffix(int length = 5) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>Spells a number in the alphabet, as pod-template-hash does.</summary>
    public static string Spell(uint hash) => string.Concat(hash.ToString().Select(digit => Alphabet[digit % Alphabet.Length]));
}
