using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Checks;

/// <summary>Checks that a value is what its column declares.</summary>
/// <remarks>Source: CDISC Dataset-JSON 1.1, table of the types; SDTMIG 3.4 for dates of which a part may be unknown.</remarks>
internal static partial class ValueChecks
{
    /// <summary>What is wrong with a value, and what to do; null when nothing is.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="cell">The value.</param>
    public static (string What, string Advice)? Find(DatasetColumn column, DatasetCell cell)
    {
        if (cell.Kind is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            return ("is an array or an object", "Give one value.");
        }

        if (cell.IsMissing)
        {
            return cell.Kind == JsonTokenType.String && column.Type is not (DataType.Text or DataType.Date or DataType.DateTime or DataType.Time or DataType.Uri)
                ? ("is an empty text", "Write null for a value that is not there.")
                : null;
        }

        return column.Type switch
        {
            DataType.Text or DataType.Uri => Text(column, cell),
            DataType.Whole => Unless(cell.Kind == JsonTokenType.Number && long.TryParse(cell.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), cell, "Give a whole number."),
            DataType.Binary or DataType.BinaryDouble => Unless(cell.Kind == JsonTokenType.Number, cell, "Give a number."),
            DataType.Exact => Unless(cell.Kind == JsonTokenType.String && Number().IsMatch(cell.Text), cell, "Give the digits as a text, with a point: \"0.751\"."),
            DataType.Logical => Unless(cell.Kind is JsonTokenType.True or JsonTokenType.False, cell, "Give true or false."),
            DataType.Date => Unless(cell.Kind == JsonTokenType.String && IsoDates.FindDay(cell.Text) is not null, cell, "Give a day of the calendar, yyyy-MM-dd. Declare the column a string when parts may be unknown."),
            DataType.DateTime => Unless(cell.Kind == JsonTokenType.String && IsoDates.IsDateTime(cell.Text), cell, "Give a day of the calendar and a time, such as 2026-01-01T08:30:00."),
            _ => Unless(cell.Kind == JsonTokenType.String && IsoDates.IsTime(cell.Text), cell, "Give a time of day, such as 08:30:00."),
        };
    }

    private static (string, string)? Text(DatasetColumn column, DatasetCell cell)
    {
        if (cell.Kind != JsonTokenType.String)
        {
            return Unless(isGood: false, cell, "Give a text.");
        }

        if (cell.Text.Length > column.Length)
        {
            return ($"has {cell.Text.Length} characters, the column {column.Length}", "Shorten the text, or declare the length that the variable may have.");
        }

        return column.Name.Length > 3 && column.Name.EndsWith("DTC", StringComparison.Ordinal)
            ? Unless(IsoDates.IsPartialDate(cell.Text), cell, "Give a date of ISO 8601 whose unknown parts are left out, such as 2021-03.")
            : null;
    }

    private static (string, string)? Unless(bool isGood, DatasetCell cell, string advice) =>
        isGood ? null : ($"is {(cell.Kind == JsonTokenType.String ? $"\"{Shortened(cell.Text)}\"" : cell.Text.Length > 0 ? cell.Text : $"{cell.Kind}".ToLowerInvariant())}", advice);

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Number();
}
