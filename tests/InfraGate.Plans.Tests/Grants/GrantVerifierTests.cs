using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Grants;

public sealed class GrantVerifierTests : IDisposable
{
    private static readonly PlanDigest Digest = PlanDigest.Of("content"u8);

    private readonly ManualTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly PlanId _plan;
    private readonly GrantSigner _signer;
    private readonly GrantVerifier _verifier;

    public GrantVerifierTests()
    {
        _plan = PlanId.New(_time.GetUtcNow());
        _signer = new GrantSigner(_key, _time);
        _verifier = GrantVerifier.FromPublicKey(Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), _time);
    }

    public void Dispose()
    {
        _verifier.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void A_grant_is_good_for_its_plan_content_and_time()
    {
        var signed = Sign();

        var verified = _verifier.Verify(signed.Token, _plan, Digest);

        verified.Refusal.ShouldBeNull();
        verified.Grant.ShouldNotBeNull();
        verified.Grant.Plan.ShouldBe(_plan);
        verified.Grant.Digest.ShouldBe(Digest);
        verified.Grant.Approvers.ShouldBe(["bob", "carol"]);
        verified.Grant.ExpiresAt.ShouldBe(_time.GetUtcNow().AddMinutes(15));
        verified.Grant.Nonce.ShouldBe(signed.Grant.Nonce);
    }

    [Fact]
    public void No_two_grants_are_alike() => Sign().Token.ShouldNotBe(Sign().Token);

    [Fact]
    public void A_grant_for_another_plan_is_refused() =>
        _verifier.Verify(Sign().Token, PlanId.New(_time.GetUtcNow()), Digest).Refusal.ShouldBe(GrantRefusal.OtherPlan);

    [Fact]
    public void A_grant_for_other_content_is_refused() =>
        _verifier.Verify(Sign().Token, _plan, PlanDigest.Of("other"u8)).Refusal.ShouldBe(GrantRefusal.OtherDigest);

    [Fact]
    public void A_grant_ends_at_its_expiry_to_the_second()
    {
        var token = Sign().Token;
        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        _verifier.Verify(token, _plan, Digest).Refusal.ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        _verifier.Verify(token, _plan, Digest).Refusal.ShouldBe(GrantRefusal.Expired);
    }

    [Fact]
    public void A_grant_from_the_future_is_refused()
    {
        var token = Sign().Token;
        _time.Advance(-GrantVerifier.Skew - TimeSpan.FromSeconds(1));
        _verifier.Verify(token, _plan, Digest).Refusal.ShouldBe(GrantRefusal.NotYetValid);
    }

    [Fact]
    public void A_grant_signed_by_another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var foreign = new GrantSigner(other, _time).Sign(_plan, Digest, ["mallory"], _time.GetUtcNow().AddMinutes(15));
        _verifier.Verify(foreign.Token, _plan, Digest).Refusal.ShouldBe(GrantRefusal.ForeignHeader);

        var underOurName = Forge(HeaderJson(), ClaimsJson(), bytes => other.SignData(bytes, HashAlgorithmName.SHA256));
        _verifier.Verify(underOurName, _plan, Digest).Refusal.ShouldBe(GrantRefusal.BadSignature);
    }

    [Fact]
    public void The_algorithm_is_never_taken_from_the_token()
    {
        var publicKey = _key.ExportSubjectPublicKeyInfo();
        Refusal(Forge(HeaderJson(alg: "none"), ClaimsJson(), _ => new byte[64])).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(alg: "HS256"), ClaimsJson(), bytes => [.. HMACSHA256.HashData(publicKey, bytes), .. new byte[32]])).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(alg: "es256"), ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(), ClaimsJson(), _ => new byte[64])).ShouldBe(GrantRefusal.BadSignature);
    }

    [Fact]
    public void A_header_that_is_not_exactly_a_grants_is_refused()
    {
        Refusal(Forge(HeaderJson(typ: "JWT"), ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(typ: "INFRAGATE-GRANT+JWS"), ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(extra: ",\"crit\":[\"x\"]"), ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(extra: ",\"jwk\":{}"), ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge(HeaderJson(extra: ",\"alg\":\"none\""), ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge("{}", ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
        Refusal(Forge("null", ClaimsJson(), SignRaw)).ShouldBe(GrantRefusal.ForeignHeader);
    }

    [Theory]
    [InlineData("\"nonce\":\"", "\"nonce\":\"0")]
    [InlineData("\"plan\":", "\"plans\":")]
    [InlineData("[\"bob\"]", "[]")]
    [InlineData("[\"bob\"]", "[\"\"]")]
    [InlineData("[\"bob\"]", "null")]
    [InlineData("[\"bob\"]", "[null]")]
    [InlineData("sha256:", "sha512:")]
    [InlineData("\"exp\":", "\"exp\":-")]
    [InlineData("\"exp\":", "\"exp\":99999999")]
    [InlineData("\"exp\":", "\"exp\":1,\"exp\":")]
    [InlineData("\"iat\":", "\"iat\":9")]
    [InlineData("{\"approvers\"", "{\"admin\":true,\"approvers\"")]
    public void Claims_that_are_not_exactly_a_grants_are_refused_although_signed(string part, string replacement) =>
        Refusal(Forge(HeaderJson(), ClaimsJson().Replace(part, replacement, StringComparison.Ordinal), SignRaw)).ShouldBe(GrantRefusal.Malformed);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.e30")]
    public void What_is_no_signed_text_is_malformed(string token) => Refusal(token).ShouldBe(GrantRefusal.Malformed);

    [Fact]
    public void A_grant_has_one_spelling()
    {
        var token = Sign().Token;
        _verifier.Verify(null, _plan, Digest).Refusal.ShouldBe(GrantRefusal.Malformed);
        Refusal(token + "=").ShouldBe(GrantRefusal.Malformed);
        Refusal(token + " ").ShouldBe(GrantRefusal.Malformed);
        Refusal("\n" + token).ShouldBe(GrantRefusal.Malformed);
        Refusal(token[..^1]).ShouldBe(GrantRefusal.Malformed);
        Refusal(token + "A").ShouldBe(GrantRefusal.Malformed);

        // The last character of 64 bytes carries four bits that belong to nothing.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var loose = token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) ^ 1];
        Refusal(loose).ShouldBe(GrantRefusal.Malformed);
    }

    [Fact]
    public void Changing_any_character_refuses_the_grant()
    {
        var token = Sign().Token;
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[i] == 'A' ? 'B' : 'A';
            _verifier.Verify(string.Concat(token.AsSpan(0, i), [changed], token.AsSpan(i + 1)), _plan, Digest).Grant.ShouldBeNull($"at {i}");
        }
    }

    [Fact]
    public void Only_a_whole_P256_public_key_makes_a_verifier()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var spki = _key.ExportSubjectPublicKeyInfo();

        Should.Throw<FormatException>(() => GrantVerifier.FromPublicKey(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo()), _time));
        Should.Throw<FormatException>(() => GrantVerifier.FromPublicKey(Convert.ToBase64String([.. spki, 0]), _time));
        Should.Throw<FormatException>(() => GrantVerifier.FromPublicKey(Convert.ToBase64String(spki[..^1]), _time));
        Should.Throw<FormatException>(() => GrantVerifier.FromPublicKey("no base64!", _time));
        Should.Throw<FormatException>(() => GrantVerifier.FromPublicKey(string.Empty, _time));
        Should.Throw<ArgumentException>(() => new GrantSigner(other, _time));
    }

    private SignedGrant Sign() => _signer.Sign(_plan, Digest, ["bob", "carol"], _time.GetUtcNow().AddMinutes(15));

    private GrantRefusal? Refusal(string token) => _verifier.Verify(token, _plan, Digest).Refusal;

    private byte[] SignRaw(byte[] bytes) => _key.SignData(bytes, HashAlgorithmName.SHA256);

    private string HeaderJson(string alg = "ES256", string typ = "infragate-grant+jws", string extra = "") =>
        $$"""{"alg":"{{alg}}","kid":"{{SigningKeyId.Of(_key)}}","typ":"{{typ}}"{{extra}}}""";

    private string ClaimsJson()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return $$"""{"approvers":["bob"],"digest":"{{Digest}}","exp":{{now + 900}},"iat":{{now}},"nonce":"{{new string('a', 32)}}","plan":"{{_plan}}"}""";
    }

    private static string Forge(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
