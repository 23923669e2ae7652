using InfraGate.RealParts.Browser;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Sizes and themes by name, so that a theory can show them.</summary>
internal static class Profiles
{
    private static readonly BrowserProfile[] All = [BrowserProfile.Desktop, BrowserProfile.Dark, BrowserProfile.Phone, BrowserProfile.PhoneDark, BrowserProfile.WithoutJavaScript];

    public static TheoryData<string> WithJavaScript => [.. All.Where(profile => profile.HasJavaScript).Select(profile => profile.Name)];

    public static BrowserProfile Named(string name) => All.Single(profile => profile.Name == name);
}
