using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tables;

/// <summary>What a row of a table is.</summary>
/// <param name="Key">Names it within the table, for ever: <c>orr</c>.</param>
/// <param name="Label">What it is, in English.</param>
/// <param name="LabelZh">The same in Chinese.</param>
/// <param name="Measure">What its cells hold.</param>
/// <param name="Unit">Unit of the estimates; empty for plain numbers.</param>
/// <param name="Level">How far it is indented.</param>
/// <param name="Flow">Keys of the rows from which and to which it leads; null unless it is a flow.</param>
internal sealed record RowDefinition(
    string Key, string Label, string LabelZh, V1.Table.Types.Measure Measure = V1.Table.Types.Measure.Proportion, string Unit = "%", int Level = 0, (string From, string To)? Flow = null)
{
    /// <summary>Whether its shares are of those participants of whom the answer is known, be it of nobody; else of all of the column.</summary>
    public bool IsOfKnown { get; init; }

    /// <summary>Why a distribution of no numbers is not estimable.</summary>
    public NotEstimable WithoutValues { get; init; } = NotEstimable.NoValues;

    /// <summary>Whether its rate is over the time of all of the column, which is added once everybody is counted; else over time that each participant adds to it.</summary>
    public bool IsOverAllTime { get; init; }

    /// <summary>Whether those whom its cells count are a part of all of the column.</summary>
    public bool IsOfColumn => IsOverAllTime
        || (!IsOfKnown && Measure is not (V1.Table.Types.Measure.Unspecified or V1.Table.Types.Measure.Rate or V1.Table.Types.Measure.ShareOfThings));
}
