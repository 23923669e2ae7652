using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace InfraGate.Plans.Sealing;

/// <summary>
/// The JSON Canonicalization Scheme of RFC 8785: no white space, members sorted by the UTF-16 code units of their names, numbers as
/// ECMAScript writes them, strings with the fewest escapes, UTF-8. Two equal documents have the same bytes.
/// </summary>
/// <remarks>
/// Stricter than the RFC where silence would lose information: duplicate names, lone surrogates and large integers that
/// would be written as other ones are refused with a <see cref="FormatException"/>.
/// </remarks>
public static class CanonicalJson
{
    private const int MaximumDepth = 128;
    private const double LargestExactInteger = 9007199254740992;

    /// <summary>What stands in a string as it is, in one byte.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    /// <summary>What may stand after a backslash where RFC 8785 wants an escape.</summary>
    private static readonly SearchValues<byte> ShortEscapes = SearchValues.Create("\"\\bfnrt"u8);
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaximumDepth };

    /// <summary>What is written with the fewest escapes is canonical as it stands, mostly.</summary>
    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The canonical bytes of a JSON text.</summary>
    /// <exception cref="FormatException">The text is not JSON, or cannot be made canonical without loss.</exception>
    public static byte[] Encode(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Strict);
            return Encode(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException("The text is not strict JSON: " + exception.Message, exception);
        }
        catch (InvalidOperationException exception)
        {
            // System.Text.Json says so of a string whose escapes make half a surrogate pair.
            throw new FormatException("A string holds a lone surrogate.", exception);
        }
    }

    /// <summary>The canonical bytes of an element.</summary>
    /// <exception cref="FormatException">The element cannot be made canonical without loss.</exception>
    public static byte[] Encode(JsonElement element) => Written(element).WrittenSpan.ToArray();

    /// <summary>The canonical text of an element.</summary>
    /// <exception cref="FormatException">The element cannot be made canonical without loss.</exception>
    public static string ToText(JsonElement element) => Encoding.UTF8.GetString(Written(element).WrittenSpan);

    /// <summary>The canonical text of a node; <c>null</c> becomes the JSON literal.</summary>
    /// <exception cref="FormatException">The node cannot be made canonical without loss.</exception>
    public static string ToText(JsonNode? node)
    {
        if (node is null)
        {
            return "null";
        }

        var written = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(written, Plainly))
        {
            node.WriteTo(writer);
        }

        using var document = JsonDocument.Parse(written.WrittenMemory, Strict);
        return ToText(document.RootElement);
    }

    private static ArrayBufferWriter<byte> Written(JsonElement element)
    {
        // Hardly anything is longer in its canonical form.
        var output = new ArrayBufferWriter<byte>(element.ValueKind is JsonValueKind.Undefined ? 1 : Raw(element).Length);
        Write(element, output);
        return output;
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                WriteArray(element, output);
                break;
            case JsonValueKind.String:
                WriteString(element, output);
                break;
            case JsonValueKind.Number:
                WriteNumber(element, output);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            case JsonValueKind.Undefined:
            default:
                throw new FormatException("An undefined element has no canonical form.");
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        // A property makes its name anew each time that it is asked for it.
        var members = new List<(string Name, JsonElement Value)>(element.GetPropertyCount());
        foreach (var member in element.EnumerateObject())
        {
            members.Add((member.Name, member.Value));
        }

        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                {
                    throw new FormatException("A JSON object has the same name twice.");
                }

                output.Write(","u8);
            }

            WriteString(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement element, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            Write(item, output);
        }

        output.Write("]"u8);
    }

    private static void WriteNumber(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var value = element.GetDouble();
        if (!double.IsFinite(value))
        {
            throw new FormatException("A number is too large for a double.");
        }

        var text = EcmaScriptNumber.Format(value);
        if (Math.Abs(value) >= LargestExactInteger && IsOtherInteger(element.GetRawText(), text))
        {
            throw new FormatException("An integer is too large to be exact; write it as a string.");
        }

        WriteAscii(text, output);
    }

    /// <summary>Whether a literal is an integer that would be written as another one. What ECMAScript itself writes for a large double is not.</summary>
    private static bool IsOtherInteger(string literal, string written) => literal.AsSpan().IndexOfAny(".eE") < 0 && literal != written;

    private static void WriteString(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var raw = Raw(element);
        if (IsCanonicalString(raw))
        {
            output.Write(raw);
        }
        else
        {
            WriteString(element.GetString()!, output);
        }
    }

    /// <summary>
    /// Whether a string stands in a document as it would be written: well-formed UTF-8 without other escapes than those that have no shorter form. True only if it is certain.
    /// </summary>
    private static bool IsCanonicalString(ReadOnlySpan<byte> raw)
    {
        var rest = raw;
        while (rest.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            if (!ShortEscapes.Contains(rest[escape + 1]))
            {
                return false;
            }

            rest = rest[(escape + 2)..];
        }

        return Utf8.IsValid(raw);
    }

    private static ReadOnlySpan<byte> Raw(JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    private static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var start = 0;
        for (var i = text.AsSpan().IndexOfAnyExcept(Plain) is >= 0 and var first ? first : text.Length; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(character))
            {
                throw new FormatException("A string holds a lone surrogate.");
            }
            else if (character is '"' or '\\' or < ' ')
            {
                WriteUtf8(text.AsSpan(start, i - start), output);
                WriteAscii(Escape(character), output);
                start = i + 1;
            }
        }

        WriteUtf8(text.AsSpan(start), output);
        output.Write("\""u8);
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
    };

    private static void WriteAscii(string text, ArrayBufferWriter<byte> output) => WriteUtf8(text, output);

    private static void WriteUtf8(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            Encoding.UTF8.GetBytes(text, output);
        }
    }
}
