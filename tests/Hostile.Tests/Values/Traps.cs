using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Hostile.Tests.Values;

/// <summary>A value that is hard to keep.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value, as its field takes it.</param>
/// <param name="MustBeRefused">Whether it cannot be kept exactly, or is none at all.</param>
internal sealed record Trap(string Name, object? Value, bool MustBeRefused = false);

/// <summary>Values that are hard to keep, by the type of the field.</summary>
internal static class Traps
{
    private const int MaxElements = 1_000;

    private static readonly Trap[] Texts =
    [
        .. ((string[])[
            "", " ", "x", "\t", "a\tb\nc\r\nd", "caf\u00e9", "cafe\u0301", "\u200b", "\u202egnp.exe", "\ufeffx", "\u2028", "\u0085", "=1+1", "@SUM(A1)", "+1", "-1",
            "<script>alert(1)</script>", "'; drop table journal; --", "%s%n%x", "{0}", "\\", "\"", "😀", "中文", "null", "NaN", "-0", "true", "..", "../../x",
            "9999-12-31", "0000-00-00", "0001-01-01", "2023-02-29", "2023-13-01", "2023-3-1", "２０２３-０３-１０", "2023-03-10T00:00:00", "1899-12-31", "2200-01-01",
            "01-0001 ", "01-0001\n", "００-0001", "*", "%"]).Select(text => new Trap($"the text {text}", text)),
        .. ((int[])[50, 51, 100, 101, 200, 201, 500, 501, 1_000, 1_001, 10_000]).Select(length => new Trap($"{length} letters", new string('x', length))),
        new("10,001 letters", new string('x', 10_001), MustBeRefused: true),
        .. ((char[])['\0', '\u0001', '\b', '\u000b', '\f', '\u000e', '\u001b', '\u001f', '\u007f', '\ufffd'])
            .Select(sign => new Trap($"the sign U+{(int)sign:X4}", $"a{sign}b", MustBeRefused: true)),
    ];

    private static readonly Trap[] Numbers =
    [
        .. ((double[])[
            0, -0.0, 1, -1, 0.1, 1e-9, 99.99999999999999, 100, 1e9, 9_007_199_254_740_992, 9_007_199_254_740_993, 123_456.789_012_345_67, double.Epsilon, 1e-300,
            double.MaxValue, double.MinValue]).Select(number => new Trap($"the number {number:R}", number)),
        .. ((double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity]).Select(number => new Trap($"{number}", number, MustBeRefused: true)),
    ];

    private static readonly Trap[] Instants =
    [
        .. ((Timestamp[])[
            new() { Seconds = -2_208_988_800 }, new() { Seconds = 7_258_118_399, Nanos = 999_999_999 }, new() { Seconds = 1_678_406_400, Nanos = 1 }, new()])
            .Select(instant => new Trap($"{instant.Seconds} s {instant.Nanos} ns", instant)),
        .. ((Timestamp[])[
            new() { Seconds = long.MinValue }, new() { Seconds = long.MaxValue }, new() { Seconds = -62_135_596_801 }, new() { Seconds = 253_402_300_800 },
            new() { Seconds = 1_678_406_400, Nanos = -1 }, new() { Seconds = 1_678_406_400, Nanos = 1_000_000_000 }, new() { Seconds = 1_678_406_400, Nanos = int.MinValue }])
            .Select(instant => new Trap($"{instant.Seconds} s {instant.Nanos} ns", instant, MustBeRefused: true)),
    ];

    public static IEnumerable<Trap> For(FieldDescriptor field) => field.IsRepeated
        ? Of(field).Select(trap => trap with { Value = (object[])[trap.Value!] }).Concat(Lists(field))
        : Of(field);

    private static IEnumerable<Trap> Of(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => Texts,
        FieldType.Double => Numbers,
        FieldType.Int32 or FieldType.SInt32 => Whole(0, 1, -1, 7, 100, 101, 1_000, 1_000_000, int.MaxValue, int.MinValue),
        FieldType.Int64 or FieldType.SInt64 => Whole(0L, 1L, -1L, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MinValue),
        FieldType.Enum => field.EnumType.Values.Select(value => new Trap(value.Name, value.Number))
            .Concat(((int[])[-1, field.EnumType.Values.Max(value => value.Number) + 1, 99, int.MaxValue, int.MinValue])
                .Select(number => new Trap($"the number {number}", number, MustBeRefused: true))),
        FieldType.Bool => [new("false", false), new("true", true)],
        FieldType.Bytes => [new("no bytes", ByteString.Empty), new("bytes", ByteString.CopyFrom(0, 255, 0xC0)), new("10,000 bytes", ByteString.CopyFrom(new byte[10_000]))],
        FieldType.Message when field.MessageType == Timestamp.Descriptor => Instants,
        FieldType.Message => [new("an empty message", Submissions.New(field.MessageType))],
        _ => throw new InvalidOperationException($"Say here which values of a {field.FieldType} are hard to keep, for {field.FullName}."),
    };

    private static IEnumerable<Trap> Lists(FieldDescriptor field)
    {
        var element = Of(field).First(trap => !trap.MustBeRefused && trap.Value is not "").Value!;
        yield return new("no elements", Array.Empty<object>());
        yield return new("twice the same", Enumerable.Repeat(element, 2).ToArray());
        yield return new($"{MaxElements + 1} elements", Enumerable.Repeat(element, MaxElements + 1).ToArray(), MustBeRefused: true);
        yield return new("20,000 elements", Enumerable.Repeat(element, 20_000).ToArray(), MustBeRefused: true);
    }

    private static IEnumerable<Trap> Whole<T>(params T[] numbers) => numbers.Select(number => new Trap($"the number {number}", number));
}
