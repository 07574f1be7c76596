using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Driving;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Reads stored records by their contracts.</summary>
internal static class Contents
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    /// <summary>Hash of the content of a row, as the driver computes that of what it sends.</summary>
    public static string HashOf(JournalRow row) =>
        row.Service == "safety" ? Forms.ContentOf(SafetyRecord.Parser.ParseFrom(row.Content)) : Forms.ContentOf(EnrolmentRecord.Parser.ParseFrom(row.Content));

    /// <summary>The form of a row as JSON.</summary>
    public static string FormOf(JournalRow row)
    {
        IMessage record = row.Service == "safety" ? SafetyRecord.Parser.ParseFrom(row.Content) : EnrolmentRecord.Parser.ParseFrom(row.Content);
        var field = record.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Accessor.GetCaseFieldDescriptor(record);
        return Json.Format((IMessage)field.Accessor.GetValue(record));
    }

    /// <summary>Header of a record that Analytics holds, and the hash of its content.</summary>
    public static (RecordHeader Header, string Content) Read(WitnessRow row)
    {
        if (row.Service == "safety")
        {
            var death = SafetyRecord.Parser.ParseFrom(row.Content);
            return (death.Header, Forms.ContentOf(death));
        }

        var record = EnrolmentRecord.Parser.ParseFrom(row.Content);
        return (record.Header, Forms.ContentOf(record));
    }
}
