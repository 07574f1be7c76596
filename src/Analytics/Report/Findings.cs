namespace Equecel.Analytics.Report;

/// <summary>The answers of which a report is made, all of one moment: the same that the RPCs give, with their methods in the report's language.</summary>
/// <param name="Tables">Tables by topic.</param>
/// <param name="AdverseEventRates">Adverse events in sum with their exposure-adjusted rates.</param>
/// <param name="QualityByProvenance">Quality of the data by provenance; null when one of them is asked for alone.</param>
/// <param name="ProgressionFree">Progression-free survival.</param>
/// <param name="Overall">Overall survival.</param>
/// <param name="DurationOfResponse">Duration of response.</param>
/// <param name="Response">Cumulative incidence of response.</param>
/// <param name="CompleteResponse">Cumulative incidence of complete response.</param>
/// <param name="Lanes">Lanes of those who were followed longest, in that order.</param>
internal sealed record Findings(
    IReadOnlyDictionary<V1.Topic, V1.Table> Tables,
    V1.Table AdverseEventRates,
    V1.Table? QualityByProvenance,
    V1.SurvivalCurve ProgressionFree,
    V1.SurvivalCurve Overall,
    V1.SurvivalCurve DurationOfResponse,
    V1.IncidenceCurve Response,
    V1.IncidenceCurve CompleteResponse,
    IReadOnlyList<V1.SwimmerLane> Lanes)
{
    /// <summary>What all of them were computed from.</summary>
    public V1.DataPosition Position => Overall.Position;

    /// <summary>The table of a topic.</summary>
    /// <param name="topic">The topic.</param>
    public V1.Table this[V1.Topic topic] => Tables[topic];
}
