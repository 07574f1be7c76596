using Google.Protobuf;

namespace Equecel.Hostile.Tests.Malformed;

/// <summary>Turns a well-formed body into one that may not be, in one to three ways.</summary>
internal sealed class Mutation(Random dice)
{
    private static readonly byte[][] Splinters =
    [
        [0x00], [0xFF], [0x0B], [0x0C], [0x08], [0x0A], [0x0D], [0x09], [0x0E, 0x00], [0x07],
        // Varints: of ten bytes, of eleven, never ending.
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], [0x80, 0x80, 0x80],
        // Lengths: 2 GiB less one, 4 GiB less one, negative.
        [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        // Field numbers: the largest, one beyond, none.
        [0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0x01], [0xF8, 0xFF, 0xFF, 0xFF, 0x1F, 0x01], [0x00, 0x01],
        // Texts: not UTF-8, a NUL, half of a pair.
        [0x0A, 0x02, 0xC0, 0xAF], [0x0A, 0x01, 0x00], [0x12, 0x03, 0xED, 0xA0, 0x80],
        // Numbers that are none.
        [0x39, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F], [0x39, 0, 0, 0, 0, 0, 0, 0xF0, 0xFF],
    ];

    public byte[] Of(byte[] body)
    {
        var bytes = body.ToList();
        for (var ways = dice.Next(1, 4); ways > 0; ways--)
        {
            Change(bytes, body);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] whole)
    {
        var at = dice.Next(bytes.Count + 1);
        switch (dice.Next(13))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 2:
                bytes.InsertRange(at, Noise(dice.Next(1, 16)));
                break;
            case 3:
                bytes.RemoveRange(at, dice.Next(bytes.Count - at + 1));
                break;
            case 4:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, dice.Next(1, 4)));
                break;
            case 5:
                // A part again, somewhere else.
                var from = dice.Next(whole.Length + 1);
                bytes.InsertRange(at, whole[from..dice.Next(from, whole.Length + 1)]);
                break;
            case 6:
                bytes.InsertRange(at, whole);
                break;
            case 7 when at < bytes.Count:
                bytes[at] = (byte)((bytes[at] & ~7) | dice.Next(8));
                break;
            case 8:
                // Groups in groups, not closed or closed.
                var depth = dice.Next(1, 2_000);
                bytes.InsertRange(at, Enumerable.Repeat((byte)0x0B, depth).Concat(Enumerable.Repeat((byte)0x0C, dice.Next(2) * depth)));
                break;
            case 9:
                bytes.InsertRange(at, Nested(dice.Next(1, 200)));
                break;
            case 10:
                // Elements without content: small to send, large to hold.
                bytes.InsertRange(at, Enumerable.Repeat((byte[])[0x3A, 0x00], dice.Next(1, 3_000)).SelectMany(pair => pair));
                break;
            case 11:
                bytes.Clear();
                bytes.AddRange(Noise(dice.Next(0, 300)));
                break;
            default:
                bytes.InsertRange(at, Splinters[dice.Next(Splinters.Length)]);
                break;
        }
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        dice.NextBytes(noise);
        return noise;
    }

    private byte[] Nested(int depth)
    {
        var field = (uint)(dice.Next(1, 16) << 3) | 2;
        var inner = ByteString.Empty;
        for (var level = 0; level < depth; level++)
        {
            using var stream = new MemoryStream();
            using (var output = new CodedOutputStream(stream))
            {
                output.WriteTag(field);
                output.WriteBytes(inner);
            }

            inner = ByteString.CopyFrom(stream.ToArray());
        }

        return inner.ToByteArray();
    }
}
