namespace InfraGate.McpServer.Tests.Support;

/// <summary>Texts that are too long to be shown whole, with a credential just where they are cut.</summary>
internal static class LongText
{
    /// <summary>The first characters of the password, which a cut of the plain text would leave.</summary>
    public const string PasswordStart = "S3cr";

    private const string Url = " postgres://app:";

    /// <param name="cut">After how many characters the text will be cut; the password begins four before.</param>
    public static string WithPasswordAt(int cut) => $"{"it said ".PadRight(cut - Url.Length - PasswordStart.Length, '.')}{Url}{PasswordStart}3tPassw0rd@db/orders";
}
