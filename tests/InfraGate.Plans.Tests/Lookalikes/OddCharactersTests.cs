using System.Diagnostics;
using InfraGate.Plans.Lookalikes;

namespace InfraGate.Plans.Tests.Lookalikes;

public sealed class OddCharactersTests
{
    /// <summary>A character of each group; every one stands alone in a technical word.</summary>
    [Theory]
    [InlineData('/', "\u2215\u2044\u29F8\uFF0F\u2571\u27CB\u30CE")]
    [InlineData('\\', "\u2216\uFF3C\uFE68\u29F5")]
    [InlineData('.', "\u2024\uFF0E\u3002\uFF61\u2027\u00B7\uA4F8\uFE52\u22C5\u30FB\u2026")]
    [InlineData('-', "\u2010\u2011\u2012\u2013\u2014\u2212\uFE58\uFE63\uFF0D\u02D7\u30FC\u2500")]
    [InlineData(':', "\uA789\uFE55\uFF1A\u2236\u02D0\u0589\u205A")]
    [InlineData('@', "\uFF20\uFE6B")]
    [InlineData(',', "\u201A\uFF0C\u3001\uFE50\u00B8")]
    [InlineData('!', "\u01C3\uFF01\uFE57")]
    [InlineData('=', "\uFF1D\uFE66\uA78A")]
    [InlineData('?', "\uFF1F\u0241\u0294")]
    [InlineData('"', "\u201C\u201D\u02BA\uFF02")]
    [InlineData('\'', "\u2018\u2019\u02B9\u02BC\u2032\uA78C\uFF07")]
    [InlineData('|', "\uFF5C\u2758\u2502")]
    [InlineData('~', "\u223C\u02DC\uFF5E\u301C")]
    [InlineData(';', "\u037E\uFF1B\uFE54")]
    [InlineData('<', "\u2039\u02C2\uFF1C")]
    [InlineData('>', "\u203A\u02C3\uFF1E")]
    [InlineData(' ', "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000\u1680")]
    public void What_is_read_as_ASCII_punctuation_is_found_in_a_technical_word(char target, string group)
    {
        foreach (var alike in group)
        {
            var oddity = OddCharacters.Find($"see https://hooks.example.com{alike}evil.example/x now").ShouldHaveSingleItem($"U+{(int)alike:X4}");

            (oddity.Position, oddity.Target, oddity.Reach).ShouldBe((29, target, OddityReach.Anywhere), $"U+{(int)alike:X4}");
        }
    }

    [Theory]
    [InlineData('1', "\uFF11\U0001D7CF\U0001D7D9\U0001D7E3\U0001D7ED\U0001D7F7\U0001FBF1")]
    [InlineData('a', "\u0430\u03B1\u0251\uFF41\U0001D41A\U0001D44E\U0001D622\U0001D68A\u2C81\u1E9A")]
    [InlineData('i', "\u0456\u03B9\u0131\u2170\u026A\U0001D6A4\u13A5\u2139")]
    [InlineData('l', "\u217C\u04CF\u2113\u01C0\uFF4C\U0001D525")]
    [InlineData('g', "\u0261\u0581\u210A")]
    [InlineData('o', "\u043E\u03BF\u0585\u1D0F\u2C9F\u05E1\u10FF\u0966")]
    [InlineData('c', "\u0441\u03F2\u1D04\u217D\u2CA5")]
    [InlineData('h', "\u04BB\u0570\u210E")]
    [InlineData('A', "\u0410\u0391\u13AA\uA4EE\u1D00\uFF21\U0001D400\U0001D6A8\u2C80\u15C5")]
    [InlineData('K', "\u041A\u039A\u212A\u13E6\uA4D7\u1D0B")]
    [InlineData('S', "\u0405\u054F\u13DA\uA4E2")]
    [InlineData('N', "\u039D\uA4E0\u2115\u0274\U0001D4A9")]
    public void What_is_read_as_an_ASCII_letter_or_digit_is_found_among_ASCII_letters(char target, string group)
    {
        foreach (var alike in group.EnumerateRunes().Where(alike => alike.Value != 0x1D525))
        {
            var oddity = OddCharacters.Find($"x{alike}z").ShouldHaveSingleItem($"U+{alike.Value:X4}");

            (oddity.Kind, oddity.Target).ShouldBe((OddityKind.Letter, target), $"U+{alike.Value:X4}");
        }
    }

    [Theory]
    [InlineData("\u0441\u043e\u0440\u0443")]
    [InlineData("run \u0441\u043e\u0440\u0443 --all")]
    [InlineData("\u0440\u0430\u0443\u0440\u0430\u04cf")]
    [InlineData("\u13a0\u13ac\u13da\u13a2")]
    [InlineData("\ua4d0\ua4f0\ua4e2\ua4d4")]
    [InlineData("\u1d04\u1d0f\u1d18\u028f")]
    [InlineData("\u0578\u0585\u0570")]
    [InlineData("\u2c9f\u2c81\u2ca3")]
    [InlineData("\u0441\u03bf\u0440\u0443")]
    [InlineData("\uff43\uff4f\uff50\uff59")]
    [InlineData("rm -\u0441")]
    public void A_word_wholly_of_look_alikes_is_found(string text) => OddCharacters.Find(text).ShouldContain(oddity => oddity.Kind == OddityKind.Letter);

    [Fact]
    public void A_look_alike_word_is_found_beside_another_of_its_language()
    {
        OddCharacters.Find("\u0441\u043e\u0440\u0443 настройка").Count.ShouldBe(4);
        OddCharacters.Find("/\u0441\u0440/настройка").Count.ShouldBe(2);
        OddCharacters.Find("-\u0441 настройка").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Настройка доступа к базе данных с проверкой: у них ее нет, а в конце – «готово».")]
    [InlineData("Перезапуск nginx с новым сертификатом и Kubernetes для всех")]
    [InlineData("Ρύθμιση του διακομιστή για να είναι ασφαλής; Ναι, και με κωδικό πρόσβασης.")]
    [InlineData("Größere Änderung – „läuft schon“, sagt Müller… 20 °C, 1–2 Stück, ‚ja‘ und Straße")]
    [InlineData("It’s “fine” – we’ll wait… shop/web’s owner agreed, at 1920×1080")]
    [InlineData("L’été à Paris, col·lecció, ¿qué tal? ¡Señor!")]
    [InlineData("Zażółć gęślą jaźń, İstanbul, Đà, Øre, Åse")]
    [InlineData("サーバーを再起動します。「設定」、（例）を確認！よろしいですか？")]
    [InlineData("Kubernetesノードのメモリを増やす。データ・ベース　終了。")]
    [InlineData("重启服务，然后检查日志。好的！")]
    [InlineData("서버를 다시 시작합니다.")]
    [InlineData("إعادة تشغيل الخادم")]
    [InlineData("🚀 Deploy 🎉 done ✅ ❤\uFE0F ⚠\uFE0F 👨\u200D💻 👍🏽")]
    [InlineData("")]
    [InlineData("plain ASCII\n\twith lines")]
    public void Ordinary_text_holds_nothing_odd(string text) => OddCharacters.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("Bonjour\u00A0! 10\u00A0000 lignes")]
    [InlineData("word\u2014word, e\u2011mail, \u22125 °C")]
    [InlineData("ﬁle \uFF11\uFF10\uFF10円 nginxを\uFF12台")]
    [InlineData("再起動対象はnginx。")]
    [InlineData("S\u0131cakl\u0131k")]
    public void Good_typography_is_marked_and_held_against_no_prose(string text)
    {
        var found = OddCharacters.Find(text);

        found.ShouldNotBeEmpty();
        found.Where(oddity => oddity.Position > 0 && oddity.Target != 'f').ShouldAllBe(oddity => oddity.Reach == OddityReach.Running);
    }

    [Theory]
    [InlineData("https://hooks.example.com\uFF0F漢.evil.example/")]
    [InlineData("rm \u2013rf /data")]
    [InlineData("--key=a\u2019b")]
    [InlineData("user\uFF20evil.example")]
    [InlineData("nginx\u2013demo")]
    [InlineData("a\rb")]
    [InlineData("a\u001bb")]
    [InlineData("p\u00e1\u0430")]
    public void What_makes_a_technical_word_read_otherwise_is_found(string text) => OddCharacters.Find(text).ShouldContain(oddity => oddity.Reach >= OddityReach.Running);

    [Fact]
    public void A_carriage_return_before_a_line_feed_is_shown_and_no_more() =>
        OddCharacters.Find("one\r\ntwo").ShouldHaveSingleItem().Reach.ShouldBe(OddityReach.Shown);

    [Fact]
    public void The_found_characters_are_in_order_and_none_is_there_twice()
    {
        var text = "\u0430\u0441 x\u2215\u0430\uFF0F\u0301 \uD800 " + string.Concat(Enumerable.Range(0x20, 0xD000).Select(code => char.ConvertFromUtf32(code)));

        OddCharacters.Find(text).Select(oddity => oddity.Position).ShouldBeInOrder(SortDirection.Ascending);
        OddCharacters.Find(text).Select(oddity => oddity.Position).ShouldBeUnique();
    }

    [Theory]
    [InlineData("\u0441")]
    [InlineData("\u3002")]
    [InlineData("\u2013a")]
    [InlineData("\u0441 ")]
    [InlineData("\u00A0")]
    public void The_cost_is_linear(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 400_000));
        var watch = Stopwatch.StartNew();

        OddCharacters.Find(text);

        // A square would take minutes.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
