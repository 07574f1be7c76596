using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Hostile.Tests.Running;

/// <summary>How requests carry forms: a header and a oneof of forms, by itself or as a row.</summary>
internal static class Submissions
{
    /// <summary>The message with a header and a oneof of forms that a request is or has; null when it has none.</summary>
    public static MessageDescriptor? In(MessageDescriptor request) =>
        IsSubmission(request) ? request
        : request.Fields.InFieldNumberOrder().FirstOrDefault(field => field.FieldType == FieldType.Message && !field.IsRepeated && IsSubmission(field.MessageType))?.MessageType;

    /// <summary>The field of a submission in which a kind of form is.</summary>
    public static IReadOnlyList<FieldDescriptor> Forms(MessageDescriptor submission) => [.. submission.Oneofs.Single(oneof => oneof.Name == "form").Fields];

    public static SubmissionHeader HeaderOf(IMessage submission) => (SubmissionHeader)submission.Descriptor.FindFieldByName("header").Accessor.GetValue(submission);

    public static FieldDescriptor FormFieldOf(IMessage submission) =>
        submission.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Accessor.GetCaseFieldDescriptor(submission);

    public static IMessage FormOf(IMessage submission) => (IMessage)FormFieldOf(submission).Accessor.GetValue(submission);

    /// <summary>A submission as a request takes it: as it is, or as its row.</summary>
    public static IMessage As(MessageDescriptor request, IMessage submission)
    {
        if (request == submission.Descriptor)
        {
            return submission;
        }

        var wrapped = New(request);
        request.Fields.InFieldNumberOrder().First(field => field.FieldType == FieldType.Message && field.MessageType == submission.Descriptor)
            .Accessor.SetValue(wrapped, submission);
        return wrapped;
    }

    public static IMessage New(MessageDescriptor type) => type.Parser.ParseFrom(ByteString.Empty);

    public static IMessage Clone(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteString());

    private static bool IsSubmission(MessageDescriptor type) =>
        type.FindFieldByName("header")?.MessageType == SubmissionHeader.Descriptor && type.Oneofs.Any(oneof => oneof.Name == "form");
}
