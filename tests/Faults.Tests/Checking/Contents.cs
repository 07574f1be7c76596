using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Driving;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

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

    /// <summary>The message that tells a row of Enrolment's journal.</summary>
    public static byte[] ChangeOf(JournalRow row)
    {
        var record = EnrolmentRecord.Parser.ParseFrom(row.Content);
        record.Header = RecordHeader.Parser.ParseFrom(row.Findings);
        record.Header.MergeFrom(new RecordHeader
        {
            RecordId = row.RecordId.ToString(),
            Version = row.Version,
            Kind = row.Kind,
            Participant = row.Participant,
            Site = row.Site,
            Origin = (DataOrigin)row.Origin,
            State = (RecordState)row.State,
            Actor = row.Actor,
            Client = row.Client,
            RequestId = row.RequestId.ToString(),
            Reason = row.Reason,
            SaveTime = Timestamp.FromDateTime(row.SaveTime),
            Hash = ByteString.CopyFrom(row.Hash),
            PreviousHash = ByteString.CopyFrom(row.PreviousHash),
        });
        return new EnrolmentRecordChanges { Changes = { new EnrolmentRecordChange { Record = record } } }.ToByteArray();
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
