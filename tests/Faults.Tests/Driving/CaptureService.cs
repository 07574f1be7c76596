using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Equecel.Faults.Tests.Driving;

/// <summary>A capture service by its contract: the verbs are the same in all of them, and the forms are their own.</summary>
internal sealed class CaptureService
{
    private readonly MessageDescriptor record;
    private readonly MessageDescriptor changes;
    private readonly Method<IMessage, IMessage> submit;
    private readonly Method<IMessage, IMessage> retract;
    private readonly Method<IMessage, IMessage> get;
    private readonly Method<IMessage, IMessage> watch;

    private CaptureService(FileDescriptor file)
    {
        var verbs = file.Services.Single();
        Name = NameIn(file);
        record = verbs.FindMethodByName("SubmitRecord").OutputType;
        changes = file.FindTypeByName<MessageDescriptor>($"{record.Name}Changes");
        (submit, retract, get, watch) = (Verb("SubmitRecord"), Verb("RetractRecord"), Verb("GetRecord"), Verb("WatchRecords"));

        Method<IMessage, IMessage> Verb(string name)
        {
            var verb = verbs.FindMethodByName(name);
            return new(verb.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary, verbs.FullName, name, MarshallerOf(verb.InputType), MarshallerOf(verb.OutputType));
        }
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CaptureService> All { get; } =
        [new(EnrolmentServiceReflection.Descriptor), new(AssessmentServiceReflection.Descriptor), new(SafetyServiceReflection.Descriptor), new(QuestionnaireServiceReflection.Descriptor)];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The one of a name.</summary>
    public static CaptureService Named(string name) => All.Single(service => service.Name == name);

    /// <summary>The one that takes a submission.</summary>
    public static CaptureService Of(IMessage submission) => Named(NameIn(submission.Descriptor.File));

    /// <summary>What a submission says about its form.</summary>
    public static SubmissionHeader SubmissionHeaderOf(IMessage submission) => (SubmissionHeader)Field(submission, "header")!;

    /// <summary>What the platform says about a record.</summary>
    public static RecordHeader HeaderOf(IMessage record) => (RecordHeader)Field(record, "header")!;

    /// <summary>The form in a record or a submission.</summary>
    public static IMessage FormOf(IMessage holder) => (IMessage)FormFieldOf(holder).Accessor.GetValue(holder);

    /// <summary>Hash of a record without its header.</summary>
    public static string ContentOf(IMessage record)
    {
        var content = record.Descriptor.Parser.ParseFrom(record.ToByteString());
        record.Descriptor.FindFieldByName("header").Accessor.Clear(content);
        return Hash(content);
    }

    /// <summary>Hash of the content of a submission, as it has to read back.</summary>
    public string SubmittedContentOf(IMessage submission)
    {
        var content = Read([]);
        ((RepeatedField<MissingValue>)Field(content, "missing")!).AddRange(SubmissionHeaderOf(submission).Missing);
        record.FindFieldByNumber(FormFieldOf(submission).FieldNumber).Accessor.SetValue(content, FormOf(submission));
        return Hash(content);
    }

    /// <summary>Reads a stored record.</summary>
    public IMessage Read(byte[] stored) => record.Parser.ParseFrom(stored);

    /// <summary>Headers of the records that a message at the broker tells of.</summary>
    public IEnumerable<RecordHeader> HeadersIn(byte[] body)
    {
        var told = (System.Collections.IEnumerable)Field(changes.Parser.ParseFrom(body), "changes")!;
        return told.Cast<IMessage>().Select(change => HeaderOf((IMessage)Field(change, "record")!));
    }

    /// <summary>Saves a form.</summary>
    public Task<IMessage> SubmitAsync(CallInvoker calls, IMessage submission, CallOptions options) => calls.AsyncUnaryCall(submit, null, options, submission).ResponseAsync;

    /// <summary>Marks a record as entered in error.</summary>
    public Task<IMessage> RetractAsync(CallInvoker calls, RetractRecordRequest request, CallOptions options) => calls.AsyncUnaryCall(retract, null, options, request).ResponseAsync;

    /// <summary>Gets a record.</summary>
    public Task<IMessage> GetAsync(CallInvoker calls, GetRecordRequest request, CallOptions options) => calls.AsyncUnaryCall(get, null, options, request).ResponseAsync;

    /// <summary>Follows the feed.</summary>
    public async IAsyncEnumerable<(RecordHeader? Header, string ResumeToken, bool CaughtUp)> WatchAsync(
        CallInvoker calls, WatchRecordsRequest request, CallOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = calls.AsyncServerStreamingCall(watch, null, options, request);
        await foreach (var change in call.ResponseStream.ReadAllAsync(cancellation))
        {
            yield return (
                Field(change, "record") is IMessage told ? HeaderOf(told) : null,
                (string)Field(change, "resume_token")!,
                (bool)Field(change, "caught_up")!);
        }
    }

    private static string NameIn(FileDescriptor file) => file.Package.Split('.')[1];

    private static object? Field(IMessage message, string name) => message.Descriptor.FindFieldByName(name).Accessor.GetValue(message);

    private static FieldDescriptor FormFieldOf(IMessage holder) => holder.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Accessor.GetCaseFieldDescriptor(holder);

    private static string Hash(IMessage message) => Convert.ToHexString(SHA256.HashData(message.ToByteArray()), 0, 12);

    private static Marshaller<IMessage> MarshallerOf(MessageDescriptor type) => Marshallers.Create<IMessage>(message => message.ToByteArray(), bytes => type.Parser.ParseFrom(bytes));
}
