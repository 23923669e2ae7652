using System.Text;

namespace InfraGate.Plans.Redaction.Decoding;

/// <summary>A text made from another one, which knows for each of its characters where in the other it came from.</summary>
internal sealed class MappedText(int capacity)
{
    private readonly StringBuilder text = new(capacity);
    private readonly List<int> origins = new(capacity + 1);
    private int sourceEnd;

    public string Text => text.ToString();

    /// <summary>Takes over a part of the source as it is.</summary>
    public void Append(string source, int from, int to)
    {
        text.Append(source, from, to - from);
        for (var i = from; i < to; i++)
        {
            origins.Add(i);
        }

        sourceEnd = Math.Max(sourceEnd, source.Length);
    }

    /// <summary>Adds one character that stands for something at a place of the source.</summary>
    public void Append(char character, int origin)
    {
        text.Append(character);
        origins.Add(origin);
    }

    /// <summary>Where a span of this text lies in the source.</summary>
    /// <param name="span">The span of this text.</param>
    /// <param name="offset">Where in a larger text the source starts.</param>
    public CredentialSpan ToSource(CredentialSpan span, int offset)
    {
        var start = origins[span.Start];
        var end = span.End < origins.Count ? origins[span.End] : sourceEnd;
        return new CredentialSpan(offset + start, end - start, span.Kind);
    }
}
