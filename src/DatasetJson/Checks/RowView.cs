using System.Globalization;
using System.Text.Json;
using Equecel.DatasetJson.Reading;

namespace Equecel.DatasetJson.Checks;

/// <summary>A row whose values are asked for by the names of their variables.</summary>
/// <param name="places">Place of each variable.</param>
/// <param name="cells">The values.</param>
internal readonly struct RowView(IReadOnlyDictionary<string, int> places, IReadOnlyList<DatasetCell> cells)
{
    /// <summary>The text of a value; null when the variable or its value is not there.</summary>
    /// <param name="name">Name of the variable.</param>
    public string? Text(string name) =>
        places.TryGetValue(name, out var place) && !cells[place].IsMissing && cells[place].Kind is JsonTokenType.String or JsonTokenType.Number ? cells[place].Text : null;

    /// <summary>A number, told as a number or as text; null when it is none.</summary>
    /// <param name="name">Name of the variable.</param>
    public decimal? Number(string name) =>
        Text(name) is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The day of a date; null when it is none, or its day is not told.</summary>
    /// <param name="name">Name of the variable.</param>
    public DateOnly? Day(string name) => Text(name) is { } text ? IsoDates.FindDayOf(text) : null;

    /// <summary>Whether the value is there.</summary>
    /// <param name="name">Name of the variable.</param>
    public bool Has(string name) => Text(name) is not null;

    /// <summary>Whether the value is <c>Y</c>.</summary>
    /// <param name="name">Name of the variable.</param>
    public bool IsYes(string name) => Text(name) == "Y";
}
