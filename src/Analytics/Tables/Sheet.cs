using Equecel.Analytics.Dossiers;
using Part = Equecel.Analytics.V1.TableCell.Types.Part;

namespace Equecel.Analytics.Tables;

/// <summary>
/// A table that is being filled, one participant after the other. It counts, and on the side notes down who is behind the one
/// cell that somebody asks about: so every number explains itself by the very pass that makes it.
/// </summary>
/// <param name="asked">The cell that is asked about; null for none.</param>
internal sealed class Sheet(V1.TableCell? asked = null)
{
    private readonly List<SheetRow> rows = [];
    private readonly Dictionary<string, SheetRow> byKey = [];
    private readonly List<SheetColumn> columns = [new("", "All", "全部")];
    private readonly Dictionary<string, int> columnOf = new() { [""] = 0 };
    private readonly List<Contribution> contributions = [];
    private readonly List<Contribution> members = [];
    private readonly List<Contribution> times = [];
    private readonly List<int> subjectColumns = [0];
    private string participant = "";

    /// <summary>The rows, in the order in which they were defined.</summary>
    public IReadOnlyList<SheetRow> Rows => rows;

    /// <summary>The columns: everybody, then the groups in the order in which they were met.</summary>
    public IReadOnlyList<SheetColumn> Columns => columns;

    /// <summary>Who is behind the cell that was asked about, in the order in which they came.</summary>
    public IReadOnlyList<Contribution> Contributions => asked is { Part: Part.Denominator } && byKey.TryGetValue(asked.Row, out var row) && row.Definition.IsOfColumn
        ? row.Definition.IsOverAllTime ? times : members
        : contributions;

    /// <summary>Number of the participant who is being counted, from 0.</summary>
    public int SubjectNumber { get; private set; } = -1;

    /// <summary>Positions of the columns that the participant belongs to.</summary>
    public IReadOnlyList<int> SubjectColumns => subjectColumns;

    /// <summary>Begins to count a participant.</summary>
    /// <param name="code">Code of the participant.</param>
    /// <param name="group">The group beside everybody; null without groups.</param>
    /// <param name="member">Tells why the participant is in the table, when that is asked about.</param>
    public void Begin(string code, SheetGroup? group, Func<Contribution> member)
    {
        (participant, SubjectNumber) = (code, SubjectNumber + 1);
        subjectColumns.RemoveRange(1, subjectColumns.Count - 1);
        if (group is not null)
        {
            if (!columnOf.TryGetValue(group.Key, out var position))
            {
                columnOf.Add(group.Key, position = columns.Count);
                columns.Add(new SheetColumn(group.Key, group.Label, group.LabelZh));
            }

            subjectColumns.Add(position);
        }

        foreach (var column in subjectColumns)
        {
            columns[column].ParticipantCount++;
        }

        if (asked is { Part: Part.Denominator } && IsAskedColumn(asked))
        {
            members.Add(member());
        }
    }

    /// <summary>The row of a key, which is defined the first time.</summary>
    /// <param name="definition">What the row is.</param>
    public SheetRow Row(RowDefinition definition)
    {
        if (!byKey.TryGetValue(definition.Key, out var row))
        {
            byKey.Add(definition.Key, row = new SheetRow(this, definition));
            rows.Add(row);
        }

        return row;
    }

    /// <summary>A row that was defined.</summary>
    /// <param name="key">Its key.</param>
    public SheetRow this[string key] => byKey[key];

    /// <summary>Orders the rows anew. Rows of the same rank keep their order.</summary>
    /// <typeparam name="TRank">Rank of a row.</typeparam>
    /// <param name="rank">Ranks a row.</param>
    public void Sort<TRank>(Func<SheetRow, TRank> rank)
    {
        var sorted = rows.OrderBy(rank).ToList();
        rows.Clear();
        rows.AddRange(sorted);
    }

    /// <summary>Notes down what the participant adds to a row, when that is asked about.</summary>
    /// <param name="row">The row.</param>
    /// <param name="part">Whether it is to those who are counted, or to those of whom they are a part.</param>
    /// <param name="words">What it is.</param>
    /// <param name="sources">The records that say so.</param>
    public void Explain(SheetRow row, Part part, string words, IEnumerable<DossierRecord> sources)
    {
        if (asked is not null && asked.Part == part && asked.Row == row.Definition.Key && IsAskedColumn(asked))
        {
            contributions.Add(new Contribution(participant, words, [.. sources]));
        }
    }

    /// <summary>Notes down the time that the participant adds to the rates over all time of the column, when one of those is asked about.</summary>
    /// <param name="days">Days.</param>
    /// <param name="sources">The records that say when it ended.</param>
    public void ExplainTime(double days, IEnumerable<DossierRecord> sources)
    {
        if (asked is { Part: Part.Denominator } && IsAskedColumn(asked))
        {
            times.Add(new Contribution(participant, SheetRow.InDays(days), [.. sources]));
        }
    }

    /// <summary>Notes down that the participant's time ended before in one of these rates, when it is asked about.</summary>
    /// <param name="row">The rate.</param>
    /// <param name="days">Days.</param>
    /// <param name="source">The record that says so.</param>
    public void ExplainTime(SheetRow row, double days, DossierRecord source)
    {
        if (asked is { Part: Part.Denominator } && asked.Row == row.Definition.Key && IsAskedColumn(asked))
        {
            times[^1] = times[^1] with { Words = SheetRow.InDays(days), Sources = [source, .. times[^1].Sources] };
        }
    }

    private bool IsAskedColumn(V1.TableCell cell) => subjectColumns.Exists(column => columns[column].Key == cell.Column);
}
