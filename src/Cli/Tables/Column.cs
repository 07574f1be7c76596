using Google.Protobuf.Reflection;

namespace Equecel.Cli.Tables;

/// <summary>A column of a form's table.</summary>
/// <param name="name">Its name, as it stands in the first line.</param>
/// <param name="path">The field in the form or in the submission's header; null for the row's key.</param>
/// <param name="inHeader">Whether it says something beside the form.</param>
internal sealed class Column(string name, FieldPath? path, bool inHeader)
{
    /// <summary>Its name, as it stands in the first line.</summary>
    public string Name => name;

    /// <summary>The field; null for the row's key.</summary>
    public FieldPath? Path => path;

    /// <summary>Whether it says something beside the form: whose it is, what it amends.</summary>
    public bool InHeader => inHeader;

    /// <summary>Whether it names other records, and so may refer to rows by form and key.</summary>
    public bool IsReference => !inHeader && path is not null && NamesRecords(path.Field);

    /// <summary>Whether a form has a field that names records of a kind, such as <c>fatal_adverse_event_record_id</c>.</summary>
    public static bool RefersTo(MessageDescriptor message, string kind) => message.Fields.InDeclarationOrder().Any(field =>
        FieldPath.FitsCell(field)
            ? NamesRecords(field) && RecordsOf(field.Name).EndsWith(kind, StringComparison.Ordinal)
            : field.MessageType != message && RefersTo(field.MessageType, kind));

    private static bool NamesRecords(FieldDescriptor field) => field.FieldType == FieldType.String && RecordsOf(field.Name).Length > 0;

    private static string RecordsOf(string field) =>
        field.EndsWith("_record_id", StringComparison.Ordinal) ? field[..^"_record_id".Length]
        : field.EndsWith("_record_ids", StringComparison.Ordinal) ? field[..^"_record_ids".Length] : "";
}
