using Equecel.Hostile.Tests.Running;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Hostile.Tests.Requests;

/// <summary>
/// Values that a field may want, by its type and its name, the likeliest first. A field of a new form that wants another is found by
/// the tests, which then ask for it here.
/// </summary>
internal static class Candidates
{
    // Later and later: what one form says has happened before what another does.
    private static readonly object[] Dates =
    [
        "2023-03-10", "2023-03-12", "2023-02-20", "2022-12-01", "2023-04-03", "2023-06-05", "2023-08-15", "2023-10-10", "2024-02-05", "2024-04-10",
        "2024-06-12", "2024-09-02", "2020-05-05", "2023-03", "2010-01-01", "",
    ];

    private static readonly double[] Numbers = [1, 2, 0, 60, 165, 37, 5, 10, 20, 100, 0.5, 3, 4, 30, 50, 200, 500, 1000, 2020, 1e4, 1e5, 1e6, 150e6];

    public static IReadOnlyList<object?> For(FieldDescriptor field, Subject subject)
    {
        var one = One(field, subject);
        return field.IsRepeated ? [new[] { one[0]! }, Array.Empty<object>()] : one;
    }

    private static object?[] One(FieldDescriptor field, Subject subject) => field.FieldType switch
    {
        FieldType.String => Texts(field, subject),
        // An event of this kind is what a second cancer has to be linked to.
        FieldType.Enum when field.Name == "special_interest" => [field.EnumType.FindValueByName("SPECIAL_INTEREST_SECONDARY_MALIGNANCY").Number, 0],
        FieldType.Enum => [.. field.EnumType.Values.Select(value => value.Number).Where(number => number != 0).Append(0).Cast<object>()],
        FieldType.Double => [.. Numbers.Cast<object>(), null],
        FieldType.Float => [.. Numbers.Select(number => (object)(float)number), null],
        FieldType.Bool => [true, false],
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => [.. Numbers.Where(double.IsInteger).Select(number => (object)(long)number), null],
        FieldType.UInt64 or FieldType.Fixed64 => [.. Numbers.Where(double.IsInteger).Select(number => (object)(ulong)number), null],
        FieldType.UInt32 or FieldType.Fixed32 => [.. Numbers.Where(double.IsInteger).Select(number => (object)(uint)number), null],
        FieldType.Bytes => [Google.Protobuf.ByteString.CopyFromUtf8("bytes"), Google.Protobuf.ByteString.Empty],
        FieldType.Message when field.MessageType == Timestamp.Descriptor => [Timestamp.FromDateTimeOffset(new DateTimeOffset(2023, 3, 20, 8, 0, 0, TimeSpan.Zero)), null],
        FieldType.Message => [Submissions.New(field.MessageType), null],
        _ => [.. Numbers.Where(double.IsInteger).Select(number => (object)(int)number), null],
    };

    /// <summary>The kind of record that a field such as <c>adverse_event_record_id</c> names.</summary>
    private static string? LinkedKind(string name) =>
        name.IndexOf("_record_id", StringComparison.Ordinal) is > 0 and var end ? name[..end] : null;

    private static object?[] Texts(FieldDescriptor field, Subject subject)
    {
        var name = field.Name;
        return name switch
        {
            "participant" or "participants" => [subject.Participant, ""],
            "site" or "sites" or "site_code" => [subject.Site],
            "service" => Rpc.Services.Where(service => Rpc.All.Any(rpc => rpc.Service == service && rpc.TakesForms)).Cast<object?>().ToArray(),
            "kinds" => [subject.Samples.Count > 0 ? subject.Samples[0].Record.Kind : "site"],
            "language" => ["zh-CN", ""],
            "reason" => ["", "to see what happens"],
            _ when name.EndsWith("_date", StringComparison.Ordinal) => Dates,
            _ when name.EndsWith("year_month", StringComparison.Ordinal) => ["1960-07", "2023-03", ""],
            _ when LinkedKind(name) is { } kind => [.. subject.Samples.Where(sample => sample.Record.Kind == kind).Select(sample => sample.Record.RecordId), Guid.NewGuid().ToString(), ""],
            _ when name.EndsWith("_id", StringComparison.Ordinal) => [Guid.NewGuid().ToString(), ""],
            _ when name.EndsWith("_token", StringComparison.Ordinal) => [""],
            _ when name.EndsWith("_time", StringComparison.Ordinal) => ["08:30", "2023-03-10T08:30:00Z", ""],
            _ => [subject.Secret, "1.0", "1", "A01", "10", "01", "11", "Equecel", .. Dates],
        };
    }
}
