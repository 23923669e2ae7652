namespace InfraGate.RealParts.Browser;

/// <summary>How a person looks at the pages.</summary>
public sealed record BrowserProfile(string Name)
{
    public static BrowserProfile Desktop { get; } = new("desktop");

    /// <summary>A small phone in portrait, with touch.</summary>
    public static BrowserProfile Phone { get; } = new("phone") { Width = 390, Height = 844, IsPhone = true };

    public static BrowserProfile Dark { get; } = new("dark") { IsDark = true };

    public static BrowserProfile PhoneDark { get; } = Phone with { Name = "phone-dark", IsDark = true };

    public static BrowserProfile WithoutJavaScript { get; } = Desktop with { Name = "no-js", HasJavaScript = false };

    public static BrowserProfile DarkWithoutJavaScript { get; } = Dark with { Name = "dark-no-js", HasJavaScript = false };

    public static BrowserProfile PhoneWithoutJavaScript { get; } = Phone with { Name = "phone-no-js", HasJavaScript = false };

    public static BrowserProfile PhoneDarkWithoutJavaScript { get; } = PhoneDark with { Name = "phone-dark-no-js", HasJavaScript = false };

    /// <summary>Both sizes in both themes, with and without JavaScript.</summary>
    public static IReadOnlyList<BrowserProfile> All { get; } =
        [Desktop, Dark, Phone, PhoneDark, WithoutJavaScript, DarkWithoutJavaScript, PhoneWithoutJavaScript, PhoneDarkWithoutJavaScript];

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool IsPhone { get; init; }

    public bool IsDark { get; init; }

    public bool HasJavaScript { get; init; } = true;

    /// <summary>The same screen, dark instead of light or light instead of dark.</summary>
    public BrowserProfile InOtherTheme() => All.Single(other => other == this with { Name = other.Name, IsDark = !IsDark });
}
