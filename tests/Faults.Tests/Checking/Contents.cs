using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Driving;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Faults.Tests.Checking;

/// <summary>Reads stored records by their contracts.</summary>
internal static class Contents
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    /// <summary>Hash of the content of a row, as the driver computes that of what it sends.</summary>
    public static string HashOf(JournalRow row) => CaptureService.ContentOf(RecordOf(row));

    /// <summary>The form of a row as JSON.</summary>
    public static string FormOf(JournalRow row) => Json.Format(CaptureService.FormOf(RecordOf(row)));

    /// <summary>What a row tells of what is derived; null when nothing is derived of it, and it is not derived itself.</summary>
    public static DerivationPart? DerivationPartOf(JournalRow row) => CaptureService.FormOf(RecordOf(row)) switch
    {
        DiseaseAssessment form => new(Source: null, $"{form.InvestigatorResponse}"),
        ComputedResponse computed => new(computed.AssessmentRecordId, $"{computed.InvestigatorResponse}"),
        Eq5d5l form => new(Source: null, $"{form.CompletionDate} {form.VasScore}"),
        QuestionnaireScores scores => new(scores.QuestionnaireRecordId, $"{scores.CompletionDate} {scores.VasScore}"),
        _ => null,
    };

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
        var record = CaptureService.Named(row.Service).Read(row.Content);
        return (CaptureService.HeaderOf(record), CaptureService.ContentOf(record));
    }

    private static IMessage RecordOf(JournalRow row) => CaptureService.Named(row.Service).Read(row.Content);
}
