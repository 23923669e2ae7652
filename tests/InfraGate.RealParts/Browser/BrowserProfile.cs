namespace InfraGate.RealParts.Browser;

/// <summary>How a person looks at the pages.</summary>
public sealed record BrowserProfile(string Name)
{
    public static BrowserProfile Desktop { get; } = new("desktop");

    /// <summary>A small phone in portrait, with touch.</summary>
    public static BrowserProfile Phone { get; } = new("phone") { Width = 390, Height = 844, IsPhone = true };

    public static BrowserProfile Dark { get; } = new("dark") { IsDark = true };

    public static BrowserProfile PhoneDark { get; } = Phone with { Name = "phone-dark", IsDark = true };

    public static BrowserProfile WithoutJavaScript { get; } = new("no-js") { HasJavaScript = false };

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool IsPhone { get; init; }

    public bool IsDark { get; init; }

    public bool HasJavaScript { get; init; } = true;

    /// <summary>The same screen, dark instead of light or light instead of dark.</summary>
    public BrowserProfile InOtherTheme() => (IsPhone ? new[] { Phone, PhoneDark } : [Desktop, Dark]).First(profile => profile.IsDark != IsDark);
}
