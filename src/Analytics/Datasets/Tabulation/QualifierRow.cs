using Equecel.Common.V1;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>A value of a record for which its dataset has no variable.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Number">Number of the record's row among the participant's; null for a value of the participant.</param>
/// <param name="Name">Its name, at most 8 characters.</param>
/// <param name="Label">What it is, at most 40 characters.</param>
/// <param name="Value">The value, at most <see cref="Longest"/> characters.</param>
/// <param name="Source">Where it comes from, in the standard's words.</param>
internal sealed record QualifierRow(DatasetSubject Subject, int? Number, string Name, string Label, string Value, string Source = "CRF") : IDatasetRow
{
    /// <summary>The most characters that a value has.</summary>
    public const int Longest = 200;

    /// <summary>Whether a record was made as it happened or from an archive; nothing when that is not told.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="number">Number of the record's row.</param>
    /// <param name="origin">Where the record's data came from.</param>
    public static IEnumerable<QualifierRow> Provenance(DatasetSubject subject, int number, DataOrigin origin) =>
        Codes.Origin(origin) is { } told ? [new QualifierRow(subject, number, "PROVEN", "Provenance of the Record", told)] : [];

    /// <summary>A text of any length: what is too long goes on in the same name with 1, 2 and so on behind it.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="number">Number of the record's row.</param>
    /// <param name="name">Its name, at most 7 characters.</param>
    /// <param name="label">What it is.</param>
    /// <param name="text">The text; nothing when it is empty.</param>
    /// <remarks>Source: SDTMIG 3.4, section 4.5.3.2.</remarks>
    public static IEnumerable<QualifierRow> Text(DatasetSubject subject, int number, string name, string label, string text) =>
        text.Chunk(Longest).Select((part, i) => new QualifierRow(subject, number, i == 0 ? name : $"{name}{i}", label, new string(part)));
}
