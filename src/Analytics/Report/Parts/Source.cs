namespace Equecel.Analytics.Report.Parts;

/// <summary>What an answer says about how it was made.</summary>
/// <param name="Method">Method and variants in words, in the report's language.</param>
/// <param name="Population">Whom it is about.</param>
/// <param name="ParticipantCount">How many they are.</param>
/// <param name="DataCutoffDate">Cut-off date; empty without one.</param>
/// <param name="Exclusions">Participants left out, by why.</param>
/// <param name="Position">The data.</param>
internal sealed record Source(
    string Method, V1.Population? Population, long ParticipantCount, string DataCutoffDate, IReadOnlyList<V1.Exclusion> Exclusions, V1.DataPosition Position)
{
    /// <summary>Of a table.</summary>
    public static Source Of(V1.Table table) =>
        new(table.Method, table.Population, table.Columns[0].ParticipantCount, table.DataCutoffDate, table.Exclusions, table.Position);

    /// <summary>Of a survival curve.</summary>
    public static Source Of(V1.SurvivalCurve curve) =>
        new(curve.Method, curve.Population, curve.Strata[0].ParticipantCount, curve.DataCutoffDate, curve.Exclusions, curve.Position);

    /// <summary>Of a cumulative incidence.</summary>
    public static Source Of(V1.IncidenceCurve curve) =>
        new(curve.Method, curve.Population, curve.Strata[0].ParticipantCount, curve.DataCutoffDate, curve.Exclusions, curve.Position);
}
