using InfraGate.RealParts.Browser;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>A picture is kept under its profile's name, so that a name that lies keeps the wrong picture.</summary>
public sealed class ProfilesTests
{
    [Theory]
    [InlineData("desktop", "dark")]
    [InlineData("phone", "phone-dark")]
    [InlineData("no-js", "dark-no-js")]
    [InlineData("phone-no-js", "phone-dark-no-js")]
    public void The_other_theme_differs_in_nothing_but_the_theme(string light, string dark)
    {
        Profiles.Named(light).IsDark.ShouldBeFalse();
        Profiles.Named(light).InOtherTheme().ShouldBe(Profiles.Named(dark));
        Profiles.Named(dark).InOtherTheme().ShouldBe(Profiles.Named(light));
        (Profiles.Named(dark) with { Name = light, IsDark = false }).ShouldBe(Profiles.Named(light));
    }
}
