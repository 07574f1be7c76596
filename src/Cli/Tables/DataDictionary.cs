using Google.Protobuf.Reflection;

namespace Equecel.Cli.Tables;

/// <summary>What to know about the columns of the tables, from the contracts and their comments.</summary>
internal static class DataDictionary
{
    private const string Instant = "2025-03-10T09:30:00+08:00";

    /// <summary>Every column of every table, a line each, after a line of headings.</summary>
    public static IEnumerable<IEnumerable<string>> Lines() =>
    [
        ["table", "column", "required", "how_to_write", "values", "meaning"],
        .. FormTable.All.SelectMany(table => table.Columns().Select(column =>
            (string[])[table.Name, column.Name, Required(column), HowToWrite(column), string.Join("; ", Values(column).Select(value => $"{value.Name}: {value.Meaning}")), Meaning(column)])),
    ];

    /// <summary>Whether it must be filled in: <c>yes</c>, <c>at times</c> (the meaning says when), or nothing.</summary>
    public static string Required(Column column)
    {
        var meaning = column.Path is null ? "" : Meaning(column);
        return meaning.StartsWith("Required.", StringComparison.Ordinal) && !IsMade(column) ? "yes"
            : meaning.Contains("Required", StringComparison.Ordinal) && !IsMade(column) ? "at times" : "";
    }

    /// <summary>What a cell looks like.</summary>
    public static string HowToWrite(Column column)
    {
        if (column.Path is not { Field: var field })
        {
            return "Text of your choice.";
        }

        var one = field.FieldType switch
        {
            FieldType.String when column.IsReference => "UUID of the record, or form and key of a row before, such as adverse_event:AE1",
            FieldType.String when CellValue.IsDate(field) => "date, such as 2025-03-10",
            FieldType.String => "text",
            FieldType.Bool => "true or false",
            FieldType.Enum => $"one of the values, such as {CellValue.ChoiceName(CellValue.Choices(field.EnumType).First())}",
            FieldType.Double or FieldType.Float => "number with a decimal point, such as 58.5",
            FieldType.Message => $"date, time and offset, such as {Instant}",
            FieldType.Bytes => "Base64",
            _ => "whole number, such as 12",
        };
        return field.IsRepeated ? $"{one}; several between semicolons" : one;
    }

    /// <summary>The values to choose from, and what they mean; none when there is no such list.</summary>
    public static IEnumerable<(string Name, string Meaning)> Values(Column column) => column.Path is { Field: { FieldType: FieldType.Enum } field }
        ? CellValue.Choices(field.EnumType).Select(value => (CellValue.ChoiceName(value), ContractComments.Of(value)))
        : [];

    /// <summary>What it means, with unit and range.</summary>
    public static string Meaning(Column column) => column.Path is null
        ? "Names the row among those of its form and participant, such as AE1. Needed where another row refers to this one, and where a participant has several rows of the form: a row with a key that is "
            + "corrected after it was saved is told as that, instead of being saved as another record."
        : IsMade(column)
            ? "Leave it empty: it is made from the row, so that the same row can be sent again. Or a UUID of your own for this save."
            : ContractComments.Of(column.Path.Field);

    private static bool IsMade(Column column) => column is { InHeader: true, Path.Field.Name: "request_id" };
}
