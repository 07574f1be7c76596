using Equecel.DatasetJson;

namespace Equecel.Analytics.Datasets;

/// <summary>A column of a dataset and where its values come from.</summary>
/// <typeparam name="TRow">What a row is about.</typeparam>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value in a row: null, a text, an <see cref="int"/>, a <see cref="decimal"/> or a <see cref="DateOnly"/>.</param>
internal sealed record Variable<TRow>(DatasetColumn Column, Func<TRow, object?> Value);
