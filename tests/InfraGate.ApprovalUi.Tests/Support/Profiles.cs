using InfraGate.RealParts.Browser;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Sizes and themes by name, so that a theory can show them.</summary>
internal static class Profiles
{
    public static TheoryData<string> WithJavaScript => [.. BrowserProfile.All.Where(profile => profile.HasJavaScript).Select(profile => profile.Name)];

    public static TheoryData<string> WithoutJavaScript => [.. BrowserProfile.All.Where(profile => !profile.HasJavaScript).Select(profile => profile.Name)];

    public static BrowserProfile Named(string name) => BrowserProfile.All.Single(profile => profile.Name == name);
}
