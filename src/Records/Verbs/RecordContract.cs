using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Equecel.Records.Verbs;

/// <summary>How a service's record messages are laid out: a header, what is missing, and the form in a oneof. The same in every capture service.</summary>
internal sealed class RecordContract
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private readonly FieldDescriptor submissionHeader;
    private readonly FieldDescriptor header;
    private readonly FieldDescriptor missing;
    private readonly OneofDescriptor submittedForm;
    private readonly OneofDescriptor form;
    private readonly MessageParser parser;

    public RecordContract(MessageDescriptor submission, MessageDescriptor record, MessageDescriptor change)
    {
        MessageType = change.File.MessageTypes.Single(message =>
            message.FindFieldByNumber(1) is { IsRepeated: true, FieldType: FieldType.Message } field && field.MessageType == change).FullName;
        submissionHeader = submission.FindFieldByName("header");
        submittedForm = submission.Oneofs.Single(oneof => oneof.Name == "form");
        header = record.FindFieldByName("header");
        missing = record.FindFieldByName("missing");
        form = record.Oneofs.Single(oneof => oneof.Name == "form");
        parser = record.Parser;
        Forms = new FormCatalogue(submission, record);
        Layout = record;
        QueryField = form.Fields.SingleOrDefault(field => field.MessageType == DataQuery.Descriptor);
    }

    /// <summary>The record's message.</summary>
    public MessageDescriptor Layout { get; }

    public FormCatalogue Forms { get; }

    /// <summary>Full name of the message that tells several changes at the broker.</summary>
    public string MessageType { get; }

    /// <summary>The field of a record that is a data query; null in a service without them.</summary>
    public FieldDescriptor? QueryField { get; }

    /// <summary>The kind of a form.</summary>
    public string KindOf(Type message) => form.Fields.Single(field => field.MessageType.ClrType == message).Name;

    /// <summary>The field of a record that a kind of form is in.</summary>
    public FieldDescriptor FieldOfKind(string kind) => form.Fields.Single(field => field.Name == kind);

    public SubmissionHeader HeaderOf(IMessage submission) => (SubmissionHeader?)submissionHeader.Accessor.GetValue(submission) ?? new();

    /// <summary>The form that a submission holds; null when it holds none.</summary>
    public (Form Form, IMessage Message)? FormOf(IMessage submission) =>
        submittedForm.Accessor.GetCaseFieldDescriptor(submission) is { } field && Forms.Find(field.FieldNumber) is { } known
            ? (known, (IMessage)field.Accessor.GetValue(submission))
            : null;

    /// <summary>The form in a record.</summary>
    public IMessage FormIn(IMessage record)
    {
        var field = form.Accessor.GetCaseFieldDescriptor(record);
        return (IMessage)field.Accessor.GetValue(record);
    }

    /// <summary>The form in what the journal holds.</summary>
    public IMessage FormIn(byte[] content) => FormIn(parser.ParseFrom(content));

    /// <summary>A record without its header.</summary>
    public IMessage Content(Form kind, IMessage message, RepeatedField<MissingValue> missingValues)
    {
        var record = Content(kind.RecordField, message);
        MissingOf(record).Add(missingValues);
        return record;
    }

    /// <summary>A record with neither header nor missing fields.</summary>
    public IMessage Content(FieldDescriptor field, IMessage message)
    {
        var record = parser.ParseFrom(ByteString.Empty);
        field.Accessor.SetValue(record, message);
        return record;
    }

    /// <summary>A stored record as checks and derivations see it.</summary>
    public CurrentRecord Current(StoredVersion version)
    {
        var record = parser.ParseFrom(version.Content);
        return new CurrentRecord(version.Header.RecordId, FormIn(record), MissingOf(record).ToDictionary(value => value.Field, value => value.Reason))
        {
            Origin = version.Header.Origin,
        };
    }

    /// <summary>A stored version as derivations from history see it.</summary>
    public SavedVersion Saved(StoredVersion version) => new(
        version.Header.Version, version.Header.SaveTime.ToDateTimeOffset(), version.Header.Origin,
        version.Header is { State: RecordState.Active, Redaction: null }, FormIn(parser.ParseFrom(version.Content)));

    /// <summary>A record of a kind that says nothing: what is left of a version when its content is taken away.</summary>
    public IMessage Empty(string kind)
    {
        var record = parser.ParseFrom(ByteString.Empty);
        var field = FieldOfKind(kind);
        field.Accessor.SetValue(record, field.MessageType.Parser.ParseFrom(ByteString.Empty));
        return record;
    }

    /// <summary>What the journal holds of a version, without what the platform says about it.</summary>
    public IMessage WithoutHeader(StoredVersion version) => Parse(version.Content);

    /// <summary>A record without its header, from its bytes.</summary>
    public IMessage Parse(ByteString content) => parser.ParseFrom(content);

    /// <summary>A record from what the journal holds.</summary>
    public IMessage Record(StoredVersion version) => WithHeader(parser.ParseFrom(version.Content), version.Header);

    /// <summary>The form in what the journal holds, as JSON.</summary>
    public string FormJsonOf(ByteString content) => ToJson(FormIn(parser.ParseFrom(content)));

    public IMessage WithHeader(IMessage record, RecordHeader value)
    {
        header.Accessor.SetValue(record, value);
        return record;
    }

    private RepeatedField<MissingValue> MissingOf(IMessage record) => (RepeatedField<MissingValue>)missing.Accessor.GetValue(record);

    public static string ToJson(IMessage message) => Json.Format(message);
}
