using System.Runtime.Versioning;
using System.Security.Cryptography;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Grants;

[UnsupportedOSPlatform("windows")]
public sealed class GrantKeyFileTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "infragate-keys-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    [Fact]
    public void The_key_is_made_once_and_for_its_owner_only()
    {
        using var made = GrantKeyFile.LoadOrCreate(_root);
        using var loaded = GrantKeyFile.LoadOrCreate(_root);

        loaded.PublicKey.ShouldBe(made.PublicKey);
        File.GetUnixFileMode(made.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_root).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(_root).ShouldBe([made.Path]);
    }

    [Fact]
    public void The_exported_public_key_verifies_what_the_key_signs()
    {
        var time = new ManualTime();
        using var file = GrantKeyFile.LoadOrCreate(_root);
        using var verifier = GrantVerifier.FromPublicKey(file.PublicKey, time);
        var plan = PlanId.New(time.GetUtcNow());
        var digest = InfraGate.Plans.Sealing.PlanDigest.Of("x"u8);

        var token = new GrantSigner(file.Key, time).Sign(plan, digest, ["bob"], time.GetUtcNow().AddMinutes(1)).Token;

        verifier.Verify(token, plan, digest).Grant.ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_first_starts_at_once_agree_on_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            using var file = GrantKeyFile.LoadOrCreate(_root);
            return file.PublicKey;
        })));

        keys.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(_root).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_key_that_others_can_reach_is_refused(UnixFileMode open)
    {
        string path;
        using (var file = GrantKeyFile.LoadOrCreate(_root))
        {
            path = file.Path;
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
        Should.Throw<GrantKeyException>(() => GrantKeyFile.LoadOrCreate(_root)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_folder_that_others_can_reach_is_refused()
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        File.SetUnixFileMode(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        Should.Throw<GrantKeyException>(() => GrantKeyFile.LoadOrCreate(_root)).Message.ShouldContain("chmod 700");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void A_file_that_holds_no_key_is_refused_and_left_alone(string content)
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(_root, GrantKeyFile.FileName);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Should.Throw<GrantKeyException>(() => GrantKeyFile.LoadOrCreate(_root));
        File.ReadAllText(path).ShouldBe(content);
    }

    [Fact]
    public void A_public_key_or_another_curve_is_no_signing_key()
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(_root, GrantKeyFile.FileName);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var pem in (string[])[p256.ExportSubjectPublicKeyInfoPem(), p384.ExportPkcs8PrivateKeyPem()])
        {
            File.WriteAllText(path, pem);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Should.Throw<GrantKeyException>(() => GrantKeyFile.LoadOrCreate(_root));
        }
    }
}
