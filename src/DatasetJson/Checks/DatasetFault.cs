namespace Equecel.DatasetJson.Checks;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Where">Where it is: <c>columns[3].dataType</c>, <c>row 12, AVAL</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Advice">What to do.</param>
/// <param name="IsNote">Whether it is only advised against: the file is good all the same.</param>
public sealed record DatasetFault(string Where, string What, string Advice, bool IsNote = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {What}. {Advice}";
}
