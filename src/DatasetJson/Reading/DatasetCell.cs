using System.Text.Json;

namespace Equecel.DatasetJson.Reading;

/// <summary>A value of a row as it stands in the file.</summary>
/// <param name="Kind">What it is to JSON; the start of an object or of an array for one that has no place in a row.</param>
/// <param name="Text">The text, or the digits of a number; empty for anything else.</param>
public readonly record struct DatasetCell(JsonTokenType Kind, string Text)
{
    /// <summary>Whether there is no value. An empty text counts as none, as the standard's own examples have it.</summary>
    public bool IsMissing => Kind == JsonTokenType.Null || (Kind == JsonTokenType.String && Text.Length == 0);
}
