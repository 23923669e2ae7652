using System.Text;

namespace InfraGate.EndToEnd.Tests.Telemetry;

/// <summary>The length-delimited fields of a protobuf message (protobuf.dev/programming-guides/encoding): texts, bytes and messages, which is all that these tests look at.</summary>
internal sealed class ProtobufMessage
{
    private readonly ILookup<int, ReadOnlyMemory<byte>> _fields;

    public ProtobufMessage(ReadOnlyMemory<byte> bytes) => _fields = Read(bytes).ToLookup(field => field.Number, field => field.Value);

    public IEnumerable<ProtobufMessage> Messages(int number) => _fields[number].Select(bytes => new ProtobufMessage(bytes));

    public string Text(int number) => Encoding.UTF8.GetString(_fields[number].FirstOrDefault().Span);

    public string Hex(int number) => Convert.ToHexStringLower(_fields[number].FirstOrDefault().Span);

    private static List<(int Number, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> bytes)
    {
        var fields = new List<(int, ReadOnlyMemory<byte>)>();
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(bytes.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    fields.Add(((int)(tag >> 3), bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new FormatException($"Wire type {tag & 7} is none of protobuf's.");
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
