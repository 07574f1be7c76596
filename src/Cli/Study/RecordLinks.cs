using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Study;

/// <summary>Puts the ids of records in the place of the request ids that stood for them.</summary>
internal static class RecordLinks
{
    /// <summary>Puts them into a row that is about to be sent. What has no record stays, and the platform refuses the row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="records">Ids of records, by request id.</param>
    public static void Resolve(StudyRow row, IReadOnlyDictionary<string, string> records)
    {
        row.Header.RecordId = records.GetValueOrDefault(row.Header.RecordId, row.Header.RecordId);
        var form = (IMessage)row.Request.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Accessor.GetCaseFieldDescriptor(row.Request).Accessor.GetValue(row.Request);
        foreach (var field in form.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.String))
        {
            if (field.Name.EndsWith("_record_id", StringComparison.Ordinal) && field.Accessor.GetValue(form) is string { Length: > 0 } link)
            {
                field.Accessor.SetValue(form, records.GetValueOrDefault(link, link));
            }

            if (field.Name.EndsWith("_record_ids", StringComparison.Ordinal) && field.Accessor.GetValue(form) is RepeatedField<string> links)
            {
                for (var i = 0; i < links.Count; i++)
                {
                    links[i] = records.GetValueOrDefault(links[i], links[i]);
                }
            }
        }
    }
}
