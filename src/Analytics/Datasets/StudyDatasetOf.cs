using Equecel.DatasetJson;

namespace Equecel.Analytics.Datasets;

/// <summary>A dataset whose columns read their values out of a row's subject matter.</summary>
/// <typeparam name="TRow">What a row is about.</typeparam>
internal abstract class StudyDatasetOf<TRow> : StudyDataset
    where TRow : IDatasetRow
{
    private IReadOnlyList<DatasetColumn>? columns;
    private int[]? key;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<DatasetColumn> Columns => columns ??= [.. Variables.Select(variable => variable.Column)];

    /// <summary>The columns, in their order, with where their values come from.</summary>
    protected abstract IReadOnlyList<Variable<TRow>> Variables { get; }

    /// <summary>What a participant's rows are about, in any order.</summary>
    /// <param name="subject">The participant.</param>
    protected abstract IEnumerable<TRow> Find(DatasetSubject subject);

    /// <inheritdoc/>
    public sealed override IEnumerable<IReadOnlyList<object?>> Rows(DatasetSubject subject)
    {
        key ??= [.. Columns.Index().Where(one => one.Item.Key is not null).OrderBy(one => one.Item.Key).Select(one => one.Index)];
        var rows = Find(subject).Select(row => Variables.Select(variable => variable.Value(row)).ToArray()).ToList();
        rows.Sort(Compare);
        return rows;
    }

    /// <summary>A text.</summary>
    protected static Variable<TRow> Text(string name, string label, int length, Func<TRow, string?> value, int? key = null) =>
        new(new DatasetColumn(name, label, DataType.Text, length, Key: key), row => value(row) is { Length: > 0 } text ? text : null);

    /// <summary>A date of which parts may not be known, and which may have a time.</summary>
    protected static Variable<TRow> Date(string name, string label, Func<TRow, string?> value, int? key = null) => Text(name, label, Dtc.Length, value, key);

    /// <summary>A whole number.</summary>
    protected static Variable<TRow> Whole(string name, string label, Func<TRow, int?> value, int? key = null) =>
        new(new DatasetColumn(name, label, DataType.Whole, Key: key), row => value(row));

    /// <summary>A number that keeps its digits.</summary>
    protected static Variable<TRow> Exact(string name, string label, Func<TRow, decimal?> value) =>
        new(new DatasetColumn(name, label, DataType.Exact, Target: DataType.Exact), row => value(row));

    /// <summary>A day that receivers turn into a number.</summary>
    protected static Variable<TRow> Day(string name, string label, Func<TRow, DateOnly?> value, int? key = null) =>
        new(new DatasetColumn(name, label, DataType.Date, Target: DataType.Whole, DisplayFormat: "E8601DA.", Key: key), row => value(row));

    /// <summary>A flag: <c>Y</c>, or nothing.</summary>
    protected static Variable<TRow> Flag(string name, string label, Func<TRow, bool> value) => Text(name, label, 1, row => value(row) ? "Y" : null);

    /// <summary>A flag that is <c>Y</c> or <c>N</c>.</summary>
    protected static Variable<TRow> YesNo(string name, string label, Func<TRow, bool> value) => Text(name, label, 1, row => value(row) ? "Y" : "N");

    /// <summary>What every row of a dataset of SDTM begins with.</summary>
    protected Variable<TRow>[] Identifiers() =>
    [
        Text("STUDYID", "Study Identifier", 20, _ => DatasetSubject.StudyId, key: 1),
        Text("DOMAIN", "Domain Abbreviation", 2, _ => Name),
        Text("USUBJID", "Unique Subject Identifier", 40, row => row.Subject.Name, key: 2),
    ];

    /// <summary>What every row of a dataset of ADaM tells of its subject, as ADSL does.</summary>
    protected static Variable<TRow>[] OfSubject() =>
    [
        Text("STUDYID", "Study Identifier", 20, _ => DatasetSubject.StudyId, key: 1),
        Text("USUBJID", "Unique Subject Identifier", 40, row => row.Subject.Name, key: 2),
        Text("SUBJID", "Subject Identifier for the Study", 20, row => row.Subject.Dossier.Participant),
        Text("SITEID", "Study Site Identifier", 3, row => row.Subject.Dossier.Site),
        Whole("AGE", "Age", row => row.Subject.AgeYears),
        Text("AGEU", "Age Units", 5, row => row.Subject.AgeYears is null ? null : "YEARS"),
        Text("SEX", "Sex", 1, row => Codes.Sex(row.Subject.Participation)),
        Text("TRT01P", "Planned Treatment for Period 01", 30, _ => Codes.Arm),
        Text("TRT01A", "Actual Treatment for Period 01", 30, row => row.Subject.TreatmentStart is null ? null : Codes.Arm),
        Day("TRTSDT", "Date of First Exposure to Treatment", row => row.Subject.TreatmentStart),
        YesNo("SAFFL", "Safety Population Flag", row => row.Subject.TreatmentStart is not null),
        YesNo("FASFL", "Full Analysis Set Population Flag", row => row.Subject.IsAnalysed),
        Text("DATAORIG", "Origin of the Subject's Data", 13, row => Codes.Origin(row.Subject.Subject.Origin)),
    ];

    private static int CompareValues(object? one, object? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string left, string right) => string.CompareOrdinal(left, right),
        _ => ((IComparable)one).CompareTo(other),
    };

    // Nothing comes before anything.
    private int Compare(object?[] one, object?[] other) => key!.Select(place => CompareValues(one[place], other[place])).FirstOrDefault(order => order != 0);
}
