using System.Collections.Frozen;
using System.Text;

namespace InfraGate.Plans.Lookalikes;

/// <summary>
/// Which characters are read as an ASCII character: what Unicode Technical Standard 39 ("Unicode Security Mechanisms", section 4, confusable detection) says of ASCII targets,
/// and the small capitals, which are read as capitals. Letters with a visible accent are none.
/// </summary>
public static class LookalikeTable
{
    /// <summary>Each entry is an ASCII character followed by those that are read as it.</summary>
    private static readonly string[] Letters =
    [
        // Latin extensions, phonetic letters and letterlike symbols.
        "a\u0251\u237A\u1E9A\uAB64", "b\u0184\u212C", "c\u1D04\u2CA5", "d\u0501\u2146\u217E", "e\u212E\u212F\u2147\uAB32\u04BD", "f\u017F\u1E9D\uA799\uAB35", "g\u0261\u210A\u1D83\u018D",
        "h\u210E\u04BB", "i\u0131\u0269\u026A\u02DB\u2139\u2148\u2170\u1D7C\uA647\uAB75", "j\u0237\u2149\u03F3", "k\u0138", "l\u01C0\u0196\u2113\u217C\u2223\u04CF", "m\u217F\u0271", "n\u0572\u2229",
        "o\u1D0F\u1D11\u2134\uAB3D", "p\u2374\u01BF", "q\u02A0", "r\u1D26\u2C85\uAB47\uAB48\uAB81", "s\uA731\u01BD\uABAA", "t\u01AB", "u\u1D1C\uA79F\uAB4E\uAB52", "v\u1D20\u2174\u2228\u22C1\uABA9",
        "w\u0461\u1D21\u026F\u1CB8\uAB83", "x\u166E\u2179\u292B\u292C\u2A2F", "y\u0263\u028F\u1D8C\u1EFF\uAB5A", "z\u1D22\uAB93",

        // Small capitals, which are read as capitals.
        "A\u1D00", "B\u0299\u1D03", "D\u1D05", "E\u1D07", "F\uA730", "G\u0262", "H\u029C", "J\u1D0A", "K\u1D0B", "L\u029F\u1D0C", "M\u1D0D", "N\u0274\u1D0E", "P\u1D18", "Q\uA7AF", "R\u0280", "T\u1D1B",

        // Capitals of other forms: letterlike symbols and Roman numerals.
        "B\uA7B4", "C\u2102\u212D\u216D", "D\u2145\u216E", "E\u2130\u22FF", "F\u2131\uA798", "H\u210B\u210C\u210D", "I\u0406\u2110\u2111\u2160\u2161\u2162\u2163", "J\uA7B2\u037F", "K\u212A", "L\u2112\u216C",
        "M\u2133\u216F", "N\u2115", "P\u2119", "Q\u211A", "R\u211B\u211C\u211D\u01A6", "S\u054F", "T\u22A4\u27D9", "U\u222A\u22C3\u0531", "V\u2164\u2165\u2166\u2167", "X\u2169\u216A\u216B\u2573\uA7B3", "Z\u2124\u2128",
        "i\u2171\u2172\u2173", "v\u2175\u2176\u2177", "x\u2178\u217A\u217B", "c\u217D",

        // Ligatures and digraphs, by their first letter.
        "f\uFB00\uFB01\uFB02\uFB03\uFB04", "s\uFB06", "d\u01C6\u01F3\u02A3", "l\u01C9", "n\u01CC", "L\u01C8", "N\u01CB", "D\u01C5\u01F2", "t\u02A6",

        // Cyrillic.
        "a\u0430", "c\u0441", "e\u0435", "h\u04BB", "i\u0456", "j\u0458", "l\u04C0", "o\u043E", "p\u0440", "q\u051B", "r\u0433", "s\u0455", "v\u0475", "w\u051D", "x\u0445", "y\u0443\u04AF",
        "A\u0410", "B\u0412", "b\u042C", "C\u0421", "E\u0415", "G\u050C", "H\u041D", "J\u0408", "K\u041A", "M\u041C", "O\u041E", "P\u0420", "Q\u051A", "S\u0405", "T\u0422", "V\u0474", "W\u051C", "X\u0425", "Y\u04AE\u0423", "6\u0431", "3\u0417\u04E0",

        // Greek.
        "a\u03B1", "c\u03F2", "i\u03B9", "k\u03BA", "n\u03B7", "o\u03BF\u03C3", "p\u03C1\u03F1", "u\u03C5", "v\u03BD", "w\u03C9", "x\u03C7", "y\u03B3",
        "A\u0391", "B\u0392", "C\u03F9", "E\u0395", "F\u03DC", "H\u0397", "I\u0399", "K\u039A", "M\u039C", "N\u039D", "O\u039F", "P\u03A1", "T\u03A4", "X\u03A7", "Y\u03A5\u03D2", "Z\u0396",

        // Coptic.
        "a\u2C81", "A\u2C80", "B\u2C82", "C\u2CA4", "H\u2C8E", "i\u2C93", "I\u2C92", "K\u2C94", "M\u2C98", "N\u2C9A", "o\u2C9F", "O\u2C9E", "p\u2CA3", "P\u2CA2", "T\u2CA6", "X\u2CAC", "Y\u2CA8",

        // Armenian.
        "f\u0584", "g\u0581", "h\u0570", "j\u0575", "n\u0578\u057C", "o\u0585", "q\u0566", "u\u057D", "w\u0561", "L\u053C", "O\u0555", "U\u054D",

        // Cherokee, Lisu and Canadian syllabics.
        "A\u13AA", "B\u13F4", "C\u13DF", "D\u13A0", "E\u13AC", "G\u13C0", "H\u13BB", "i\u13A5", "J\u13AB", "K\u13E6", "L\u13DE", "M\u13B7", "P\u13E2", "R\u13A1\u13D2", "S\u13D5\u13DA", "T\u13A2", "V\u13D9", "W\u13B3\u13D4",
        "Y\u13A9", "Z\u13C3", "h\u13C2", "b\u13CF", "4\u13CE",
        "A\uA4EE", "B\uA4D0", "C\uA4DA", "D\uA4D3", "E\uA4F0", "F\uA4DD", "G\uA4D6", "H\uA4E7", "I\uA4F2", "J\uA4D9", "K\uA4D7", "L\uA4E1", "M\uA4DF", "N\uA4E0", "O\uA4F3", "P\uA4D1", "R\uA4E3", "S\uA4E2", "T\uA4D4",
        "U\uA4F4", "V\uA4E6", "W\uA4EA", "X\uA4EB", "Y\uA4EC", "Z\uA4DC",
        "A\u15C5", "B\u15F7", "D\u15DE\u15EA", "H\u157C", "J\u148D", "K\u16D5", "L\u14AA", "M\u15F0", "P\u146D", "R\u1587", "U\u144C", "V\u142F", "X\u2D5D\u16B7", "b\u1472", "d\u146F",

        // Circles and strokes of right-to-left and Indic scripts.
        "l\u05C0\u05D5\u05DF\u0627\u0661\u06F1\u07CA", "o\u05E1\u0647\u0665\u06F5\u0966\u09E6\u0A66\u0AE6\u0B66\u0BE6\u0C66\u0CE6\u0D66\u0E50\u0ED0\u1040\u101D\u10FF", "V\u0667\u06F7",

        // Letters and digits of other scripts that are read as digits.
        "2\u01A7\u03E8\uA644\u14BF\uA75A", "3\u0292\u01B7\u021C\uA76A\uA7AB\u2CCC", "5\u01BC", "8\u0222\u0223\u09EA\u0A6A\u0B03", "9\u09ED\u0A67\u0B68\u0D6D\u2CCA\uA76E",
    ];

    /// <summary>Punctuation that stands in no prose.</summary>
    private static readonly string[] Sharp =
    [
        "/\u2215\u2044\u2041\u2571\u27CB\u29F8\u1735\u2CC6", "\\\u2216\u29F5\u29F9\uFE68", ".\u2024\u0701\u0702\uA4F8\uA60E", ":\u2236\uA789\u02D0\u02F8\u0703\u0704\u16EC\u205A\u1803\u1809\uA4FD\uFE13\uFE30",
        ",\u066B\uA4F9\uFE10", "-\u2043\u02D7\u2796\u2CBA", "!\u01C3\u2D51\u2762\uFE15", "?\u0241\u0294\u097D\u13AE\uFE16", "\"\u02BA\u02DD\u02EE", "'\u02B9\u02BD\u02CA\u02C8\u2035\u07F4\uA78C\u1FFE\u1FBF\u1FBD", "`\u02CB\u1FEF",
        "(\u2768\u2772\uFD3E", ")\u2769\u2773\uFD3F", "*\u204E\u2217\u066D\u2055", "+\u16ED\u2795", "<\u276E\u02C2\u1438\u16B2", ">\u276F\u02C3\u1433", "=\uA78A\u1400\u2E40\uA4FF\u30A0", "{\u2774", "}\u2775",
        "|\u23FD\u2758\u2016", "_\u07FA\uFE4D\uFE4E\uFE4F", "~\u2053\u1FC0", "^\u02C4\u02C6", "%\u2052", "&\uA778",

        // Small forms (U+FE50-FE6B).
        ",\uFE50\uFE51", ".\uFE52", ";\uFE54", ":\uFE55", "?\uFE56", "!\uFE57", "-\uFE58\uFE63", "(\uFE59\uFE5D", ")\uFE5A\uFE5E", "{\uFE5B", "}\uFE5C", "#\uFE5F", "&\uFE60", "*\uFE61", "+\uFE62", "<\uFE64", ">\uFE65",
        "=\uFE66", "$\uFE69", "%\uFE6A", "@\uFE6B",
    ];

    private static readonly string[] Mild = ["-\u2010\u2011\u2012\u2212", "~\u223C\u02DC"];

    private static readonly string[] Prose =
    [
        "-\u2013\u2014\u2015\u2500\u06D4", ".\u00B7\u2027\u2219\u22C5\u0387\u2025\u2026", "'\u2018\u2019\u201B\u2032\u00B4\u02BB\u02BC\u05F3\u055A", "\"\u201C\u201D\u201E\u201F\u2033\u05F4", ",\u201A\u00B8\u060D",
        ":\u0589\u05C3", ";\u037E", "<\u2039", ">\u203A", "|\u2502", "%\u066A", "x\u00D7",
    ];

    private static readonly string[] EastAsian = [",\u3001", ".\u3002\uFF61\u30FB\uFF65", "-\u30FC\u4E00\uFF70", "/\u30CE\u4E3F\u31D3\u3033", "\\\u4E36\u31D4", "(\u3014", ")\u3015", "~\u301C\u3030", "\"\u3003"];

    private static readonly FrozenDictionary<int, Lookalike> Known = Build();

    /// <summary>What a character is read as; null where it is read as itself.</summary>
    public static Lookalike? Find(Rune rune) => rune switch
    {
        { IsAscii: true } => null,
        { Value: >= 0xFF01 and <= 0xFF5E } => FullWidth((char)(rune.Value - 0xFEE0)),
        { Value: >= 0x1D400 and <= 0x1D7FF } => new Lookalike(Mathematical(rune.Value - 0x1D400), LookalikeKind.Form),
        { Value: >= 0x1FBF0 and <= 0x1FBF9 } => new Lookalike((char)('0' + rune.Value - 0x1FBF0), LookalikeKind.Form),
        { Value: >= 0xAB70 and <= 0xABBF } when !Known.ContainsKey(rune.Value) => Find(new Rune(rune.Value - 0xAB70 + 0x13A0)),
        _ => Known.TryGetValue(rune.Value, out var found) ? found : null,
    };

    private static Lookalike FullWidth(char target) => new(target, char.IsAsciiLetterOrDigit(target) ? LookalikeKind.Form : LookalikeKind.EastAsian);

    /// <summary>Mathematical Alphanumeric Symbols (U+1D400-1D7FF): thirteen Latin alphabets, dotless letters, five Greek alphabets of 58, five rows of digits.</summary>
    private static char Mathematical(int offset) => offset switch
    {
        < 0x2A4 => (offset % 52) is var letter and < 26 ? (char)('A' + letter) : (char)('a' + (offset % 52) - 26),
        0x2A4 => 'i',
        0x2A5 => 'j',
        >= 0x3CE => (char)('0' + ((offset - 0x3CE) % 10)),
        _ => "ABGDEZHOIKLMNXOPPOSTYFXPOVabydezhoiklnvxopposstufxpwde0kfpp"[Math.Clamp((offset - 0x2A8) % 58, 0, 57)],
    };

    private static FrozenDictionary<int, Lookalike> Build()
    {
        var known = new Dictionary<int, Lookalike>();
        foreach (var (groups, kind) in new[]
        {
            (Letters, LookalikeKind.Letter), (Sharp, LookalikeKind.Sharp), (Mild, LookalikeKind.Mild), (Prose, LookalikeKind.Prose), (EastAsian, LookalikeKind.EastAsian),
        })
        {
            foreach (var group in groups)
            {
                foreach (var alike in group.AsSpan(1))
                {
                    known.TryAdd(alike, new Lookalike(group[0], kind));
                }
            }
        }

        return known.ToFrozenDictionary();
    }
}
