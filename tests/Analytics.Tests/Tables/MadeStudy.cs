using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>A study made by hand, and its tables.</summary>
internal sealed class MadeStudy
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The participants.</summary>
    public List<Dossier> Dossiers { get; } = [];

    /// <summary>Adds a participant infused on 2025-03-01 in China, with further forms.</summary>
    public MadeStudy Infused(string participant, params IMessage[] forms) => With(
        participant, [new Infusion { StartTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2025, 3, 1, 10, 0, 0, TimeSpan.FromHours(8))) }, .. forms]);

    /// <summary>Adds a participant with forms.</summary>
    public MadeStudy With(string participant, params IMessage[] forms)
    {
        Dossiers.Add(new Dossier(participant, participant[..2], [.. forms.Select((form, i) => new DossierRecord(
            "test", form.Descriptor.Name, Guid.NewGuid(), 1, participant.StartsWith("02", StringComparison.Ordinal) ? DataOrigin.Retrospective : DataOrigin.Prospective, Now, form))]));
        return this;
    }

    /// <summary>Has the records of the participant who was added last saved first at noon of a day in China.</summary>
    public MadeStudy SavedFirst(string date)
    {
        var saved = new DateTimeOffset(DateOnly.ParseExact(date, "yyyy-MM-dd").ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(8));
        Dossiers[^1] = Dossiers[^1] with { Records = [.. Dossiers[^1].Records.Select(record => record with { FirstSaveTime = saved })] };
        return this;
    }

    /// <summary>Makes a table.</summary>
    public V1.Table Table(V1.GetTableRequest request)
    {
        var pass = Pass(request, asked: null);
        return TableAnswer.Compute(pass.Topic, TableQuestion.Parse(request, Now), pass.Sheet, pass.Exclusions(), pass.Position, Now);
    }

    /// <summary>Makes a table of all.</summary>
    public V1.Table Table(V1.Topic topic) => Table(new V1.GetTableRequest { Topic = topic });

    /// <summary>Lists who is behind a cell.</summary>
    public V1.ListContributorsResponse Contributors(
        V1.GetTableRequest request, string row, string column = "", int pageSize = 0, string pageToken = "", V1.TableCell.Types.Part part = default) =>
        Analytics.Tables.Contributors.Page(
            Pass(request, new V1.TableCell { Row = row, Column = column, Part = part }).Sheet.Contributions,
            new V1.ListContributorsRequest { PageSize = pageSize, PageToken = pageToken },
            new V1.DataPosition());

    private TablePass Pass(V1.GetTableRequest request, V1.TableCell? asked)
    {
        var pass = new TablePass(TableQuestion.Parse(request, Now), asked, CohortPosition.None.After("enrolment", Now, Now));
        Dossiers.ForEach(pass.Add);
        pass.Finish();
        return pass;
    }
}

/// <summary>Reads tables.</summary>
internal static class TableReading
{
    /// <summary>The cell of a row, in the column of everybody unless another is named.</summary>
    public static V1.Table.Types.Cell Cell(this V1.Table table, string row, string column = "") =>
        table.Rows.Single(one => one.Key == row).Cells[table.Columns.IndexOf(table.Columns.Single(one => one.Key == column))];

    /// <summary>Participants that it counts and what they are of: <c>2/3</c>.</summary>
    public static string Share(this V1.Table table, string row, string column = "") => table.Cell(row, column) is var cell
        ? $"{cell.ParticipantCount}/{(cell.HasDenominator ? cell.Denominator : table.Columns.Single(one => one.Key == column).ParticipantCount)}"
        : "";
}
