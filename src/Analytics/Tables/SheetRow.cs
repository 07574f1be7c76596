using Equecel.Analytics.Dossiers;
using Part = Equecel.Analytics.V1.TableCell.Types.Part;

namespace Equecel.Analytics.Tables;

/// <summary>A row of a table that is being filled.</summary>
/// <param name="sheet">The table.</param>
/// <param name="definition">What it is.</param>
internal sealed class SheetRow(Sheet sheet, RowDefinition definition)
{
    private readonly List<SheetCell> cells = [];

    /// <summary>What it is.</summary>
    public RowDefinition Definition { get; } = definition;

    /// <summary>Participants that its cell for everybody counts.</summary>
    public int ParticipantCount => Cell(0).ParticipantCount;

    /// <summary>Counts the participant, once however often it is said, and things along with it.</summary>
    /// <param name="contribution">What the participant adds, in words.</param>
    /// <param name="sources">The records that say so.</param>
    /// <param name="events">Things that are counted.</param>
    public void Count(string contribution, IEnumerable<DossierRecord> sources, int events = 1) =>
        Put(cell => cell.Count(sheet.SubjectNumber, events), contribution, sources);

    /// <summary>Counts things of the participant as a part of others, in a row that is a share of things. Without others nothing is counted.</summary>
    /// <param name="events">Things that are counted.</param>
    /// <param name="of">Things that they are a part of.</param>
    /// <param name="contribution">What the participant adds, in words.</param>
    /// <param name="sources">The records that say so.</param>
    public void CountOf(int events, int of, string contribution, IEnumerable<DossierRecord> sources)
    {
        if (of > 0)
        {
            Put(
                cell =>
                {
                    cell.AskEvents(of);
                    cell.Count(sheet.SubjectNumber, events);
                },
                contribution,
                sources);
            sheet.Explain(this, Part.Denominator, contribution, sources);
        }
    }

    /// <summary>Makes the participant one of those of whom the answer is known, in a row whose shares are of those.</summary>
    /// <param name="answer">What is known, in words.</param>
    /// <param name="sources">The records that say so.</param>
    /// <exception cref="InvalidOperationException">The row's shares are of all of the column.</exception>
    public void Ask(string answer, IEnumerable<DossierRecord> sources)
    {
        if (!Definition.IsOfKnown)
        {
            throw new InvalidOperationException($"Shares of {Definition.Key} are of all of the column.");
        }

        Put(cell => cell.Ask(sheet.SubjectNumber), answer, sources, Part.Denominator);
    }

    /// <summary>Adds time at risk.</summary>
    /// <param name="days">Days.</param>
    /// <param name="sources">The records that say when it ended.</param>
    public void Expose(double days, IEnumerable<DossierRecord> sources) =>
        Put(cell => cell.Expose(days), InDays(days), sources, Part.Denominator);

    /// <summary>Time at risk in words.</summary>
    /// <param name="days">Days.</param>
    public static string InDays(double days) => FormattableString.Invariant($"{days} days at risk");

    /// <summary>Adds a number of the participant to those that the row describes.</summary>
    /// <param name="value">The number.</param>
    /// <param name="contribution">What it is, in words.</param>
    /// <param name="sources">The records that say so.</param>
    public void Add(double value, string contribution, IEnumerable<DossierRecord> sources) => Put(
        cell =>
        {
            cell.Add(value);
            cell.Count(sheet.SubjectNumber, 0);
        },
        contribution,
        sources);

    /// <summary>The cell of a column.</summary>
    /// <param name="column">Position of the column.</param>
    public SheetCell Cell(int column)
    {
        while (cells.Count <= column)
        {
            cells.Add(new SheetCell());
        }

        return cells[column];
    }

    private void Put(Action<SheetCell> change, string contribution, IEnumerable<DossierRecord> sources, Part part = Part.Unspecified)
    {
        foreach (var column in sheet.SubjectColumns)
        {
            change(Cell(column));
        }

        sheet.Explain(this, part, contribution, sources);
    }
}
