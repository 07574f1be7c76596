using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics.Dossiers;

/// <summary>Reads the forms out of stored records.</summary>
internal static class RecordForms
{
    private static readonly Dictionary<string, (MessageParser Parser, OneofDescriptor Form)> Records = new()
    {
        ["enrolment"] = (EnrolmentRecord.Parser, FormOf(EnrolmentRecord.Descriptor)),
        ["assessment"] = (AssessmentRecord.Parser, FormOf(AssessmentRecord.Descriptor)),
        ["safety"] = (SafetyRecord.Parser, FormOf(SafetyRecord.Descriptor)),
        ["questionnaire"] = (QuestionnaireRecord.Parser, FormOf(QuestionnaireRecord.Descriptor)),
    };

    /// <summary>Reads one.</summary>
    /// <param name="service">Name of the service that holds the record.</param>
    /// <param name="content">The whole record as protobuf.</param>
    /// <returns>Null when what it said was taken away.</returns>
    public static IMessage? Read(string service, byte[] content)
    {
        var (parser, form) = Records[service];
        var record = parser.ParseFrom(content);
        return (IMessage?)form.Accessor.GetCaseFieldDescriptor(record)?.Accessor.GetValue(record);
    }

    private static OneofDescriptor FormOf(MessageDescriptor record) => record.Oneofs.Single(oneof => oneof.Name == "form");
}
