using Equecel.Analytics.Ingestion;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics.Tests.Ingestion;

public sealed class RecordCaptureTests
{
    private static readonly (CaptureService Service, MessageDescriptor Record)[] Services =
    [
        (Capture<EnrolmentRecord, EnrolmentRecordChange>(EnrolmentRecordChanges.Descriptor), EnrolmentRecord.Descriptor),
        (Capture<AssessmentRecord, AssessmentRecordChange>(AssessmentRecordChanges.Descriptor), AssessmentRecord.Descriptor),
        (Capture<SafetyRecord, SafetyRecordChange>(SafetyRecordChanges.Descriptor), SafetyRecord.Descriptor),
        (Capture<QuestionnaireRecord, QuestionnaireRecordChange>(QuestionnaireRecordChanges.Descriptor), QuestionnaireRecord.Descriptor),
    ];

    public static TheoryData<string, string> Kinds()
    {
        var kinds = new TheoryData<string, string>();
        foreach (var (_, record) in Services)
        {
            FormsOf(record).ToList().ForEach(form => kinds.Add(record.Name, form.Name));
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_form_is_read_out_of_a_record(string record, string kind)
    {
        var (service, descriptor) = Services.Single(one => one.Record.Name == record);
        var field = FormsOf(descriptor).Single(form => form.Name == kind);
        var form = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        foreach (var text in field.MessageType.Fields.InDeclarationOrder().Where(one => one.FieldType == FieldType.String && !one.IsRepeated))
        {
            text.Accessor.SetValue(form, text.Name);
        }

        var whole = Blank(descriptor);
        field.Accessor.SetValue(whole, form);
        Assert.Equal(form, service.ReadForm(whole.ToByteArray()));
    }

    [Fact]
    public void A_record_whose_content_was_taken_away_has_no_form() =>
        Assert.All(Services, one => Assert.Null(one.Service.ReadForm(Blank(one.Record).ToByteArray())));

    [Fact]
    public void What_is_no_record_is_told() =>
        Assert.All(Services, one => Assert.Throws<InvalidProtocolBufferException>(() => one.Service.ReadForm([.. Blank(one.Record).ToByteArray(), 0x52, 0x05, 0x01])));

    private static IEnumerable<FieldDescriptor> FormsOf(MessageDescriptor record) => record.Oneofs.Single(oneof => oneof.Name == "form").Fields;

    private static IMessage Blank(MessageDescriptor record)
    {
        var blank = record.Parser.ParseFrom(ByteString.Empty);
        record.FindFieldByName("header").Accessor.SetValue(blank, new RecordHeader { RecordId = $"{Guid.NewGuid()}", Participant = "01-0001", Hash = ByteString.CopyFrom(new byte[32]) });
        ((System.Collections.IList)record.FindFieldByName("missing").Accessor.GetValue(blank)).Add(new MissingValue { Field = "height_cm", Reason = MissingReason.NotDone });
        return blank;
    }

    private static RecordCapture<TRecord, TChange> Capture<TRecord, TChange>(MessageDescriptor message)
        where TRecord : class, IMessage<TRecord>, new()
        where TChange : class, IMessage<TChange>, new() => new("any", message, calls: null!);
}
