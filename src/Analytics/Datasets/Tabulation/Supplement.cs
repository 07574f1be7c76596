namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>SUPP--: a row a value for which another dataset has no variable.</summary>
/// <param name="domain">That dataset.</param>
internal abstract class Supplement(string domain) : StudyDatasetOf<QualifierRow>
{
    /// <inheritdoc/>
    public sealed override string Label => $"Supplemental Qualifiers for {domain}";

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Variable<QualifierRow>> Variables => field ??=
    [
        Text("STUDYID", "Study Identifier", 20, _ => DatasetSubject.StudyId, key: 1),
        Text("RDOMAIN", "Related Domain Abbreviation", 2, _ => domain, key: 2),
        Text("USUBJID", "Unique Subject Identifier", 40, row => row.Subject.Name, key: 3),
        Text("IDVAR", "Identifying Variable", 8, row => row.Number is null ? null : $"{domain}SEQ", key: 4),
        Text("IDVARVAL", "Identifying Variable Value", 10, row => row.Number is { } number ? $"{number}" : null, key: 5),
        Text("QNAM", "Qualifier Variable Name", 8, row => row.Name, key: 6),
        Text("QLABEL", "Qualifier Variable Label", 40, row => row.Label),
        Text("QVAL", "Data Value", QualifierRow.Longest, row => row.Value),
        Text("QORIG", "Origin", 10, row => row.Source),
        Text("QEVAL", "Evaluator", 20, _ => null),
    ];
}
