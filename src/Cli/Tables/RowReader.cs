using System.Collections;
using CsvHelper;
using Equecel.Common.V1;
using Equecel.Records.V1;

namespace Equecel.Cli.Tables;

/// <summary>Makes submissions of a file's rows. What is wrong with cells is found all at once, and stops no other row.</summary>
internal static class RowReader
{
    /// <summary>Reads a row.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="cells">Its cells.</param>
    public static TableRow Read(TableFile file, CsvParser cells)
    {
        var submission = FieldPath.Empty(file.Table.Service.Submission);
        var header = new SubmissionHeader();
        file.Table.Service.Submission.FindFieldByName("header").Accessor.SetValue(submission, header);
        var form = FieldPath.Empty(file.Table.Form.MessageType);
        file.Table.Form.Accessor.SetValue(submission, form);
        var row = new TableRow { File = file, Number = cells.Row, Submission = submission, Header = header, Form = form };

        foreach (var (column, place) in file.Columns)
        {
            if (place < cells.Count && cells[place].Trim() is { Length: > 0 } cell)
            {
                ReadCell(row, column, cell);
            }
        }

        AddCellsWithoutColumn(row, cells);
        return row;
    }

    /// <summary>Puts a list, or one value, into a field.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The field.</param>
    /// <param name="texts">The elements of the list; one text when the field is no list.</param>
    public static void Put(TableRow row, Column column, IEnumerable<string> texts)
    {
        var path = column.Path!;
        var owner = path.Owner(column.InHeader ? row.Header : row.Form, out var gap);
        if (gap is not null)
        {
            row.Add(column.Name, CellFault.Gap(gap));
        }

        foreach (var text in texts)
        {
            var value = CellValue.Read(path.Field, text, out var fault);
            if (fault is not null)
            {
                row.Add(column.Name, fault);
            }
            else if (path.Field.IsRepeated)
            {
                ((IList)path.Field.Accessor.GetValue(owner)).Add(value);
            }
            else if (path.Field.RealContainingOneof?.Accessor.GetCaseFieldDescriptor(owner) is { } other && other != path.Field)
            {
                row.Add(column.Name, CellFault.Alternative(other.Name));
            }
            else
            {
                path.Field.Accessor.SetValue(owner, value);
            }
        }
    }

    private static void ReadCell(TableRow row, Column column, string cell)
    {
        if (column.Path is null)
        {
            row.Key = cell;
        }
        else if (MissingCell.Is(cell))
        {
            AddMissing(row, column, cell);
        }
        else if (column.IsReference && cell.Contains(':', StringComparison.Ordinal))
        {
            row.References.Add((column, cell));
        }
        else
        {
            Put(row, column, column.Path.Field.IsRepeated ? CellValue.Split(cell) : [cell]);
        }
    }

    private static void AddMissing(TableRow row, Column column, string cell)
    {
        if (MissingCell.Find(cell) is not { } reason)
        {
            row.Add(column.Name, CellFault.Reason(cell));
        }
        else if (column.InHeader || !column.Path!.IsOwnSingleField)
        {
            row.Add(column.Name, CellFault.ReasonMisplaced());
        }
        else
        {
            row.Header.Missing.Add(new MissingValue { Field = column.Path.Field.Name, Reason = reason });
        }
    }

    private static void AddCellsWithoutColumn(TableRow row, CsvParser cells)
    {
        if (cells.Count <= row.File.Columns.Count)
        {
            return;
        }

        var named = row.File.Columns.Select(column => column.Place).ToHashSet();
        for (var place = 0; place < cells.Count; place++)
        {
            if (!named.Contains(place) && !string.IsNullOrWhiteSpace(cells[place]))
            {
                row.Add("", CellFault.NoColumn(place + 1));
            }
        }
    }
}
