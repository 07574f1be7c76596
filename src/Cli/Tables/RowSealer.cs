using System.Text;
using Equecel.Cli.Common;
using Equecel.Cli.Import;
using Google.Protobuf;

namespace Equecel.Cli.Tables;

/// <summary>Makes rows ready to be sent: what they refer to is looked up, and they get a request id that stays the same when they are sent again.</summary>
/// <param name="keys">The rows with keys.</param>
/// <param name="dryRun">Whether rows are only checked.</param>
internal sealed class RowSealer(KeyTable keys, bool dryRun)
{
    /// <summary>The record that a row would become in a dry run, for rows that refer to it.</summary>
    public static Guid Foreseen(UInt128 name) => Guid.Parse(NameBasedId.Of($"equecel dry run\n{name}"));

    /// <summary>Makes a row ready.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cancellationToken">Ends the waiting for rows that it refers to.</param>
    public async ValueTask SealAsync(TableRow row, CancellationToken cancellationToken)
    {
        foreach (var (column, cell) in row.References)
        {
            var records = new List<string>();
            foreach (var reference in column.Path!.Field.IsRepeated ? CellValue.Split(cell) : [cell])
            {
                records.Add(await FindRecordAsync(row, column, reference, cancellationToken));
            }

            RowReader.Put(row, column, records);
        }

        if (row.Header.RequestId.Length == 0)
        {
            row.Header.RequestId = RequestId(row);
        }

        AddKey(row);
        EmptyIfTooLarge(row);
        row.Header.ValidateOnly = dryRun || row.Faults.Count > 0;
    }

    private static void EmptyIfTooLarge(TableRow row)
    {
        var bytes = row.Submission.CalculateSize();
        if (bytes > LineRefusal.LargestRowBytes)
        {
            row.Add("", CellFault.TooLarge(bytes, LineRefusal.LargestRowBytes));
            row.File.Table.Form.Accessor.Clear(row.Submission);
            row.Header.Reason = "";
            row.Header.Missing.Clear();
        }
    }

    private async ValueTask<string> FindRecordAsync(TableRow row, Column column, string reference, CancellationToken cancellationToken)
    {
        var kind = KeyTable.KindOf(reference);
        if (kind.Length == 0)
        {
            return reference;
        }

        var name = KeyTable.Name(kind, row.Header.Participant, reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        var order = FormTable.All.Select(table => table.Name).ToList();
        var place = order.IndexOf(kind);
        if (place > order.IndexOf(row.File.Table.Name))
        {
            row.Add(column.Name, CellFault.LaterForm(reference, kind, row.File.Table.Name));
        }
        else if (place < 0)
        {
            row.Add(column.Name, CellFault.NoSuchForm(reference, NearestName.Of(kind, order)));
        }
        else
        {
            var (known, record) = await keys.FindAsync(name, cancellationToken);
            if (record is { } found)
            {
                return found.ToString();
            }

            row.Add(column.Name, known ? CellFault.RefusedRow(reference) : CellFault.NoSuchRow(reference, row.Header.Participant));
        }

        // The row is only checked now, and the rest of it can be.
        return Foreseen(name).ToString();
    }

    // A row with a key is known by it: corrected after it was saved, it is told and not saved a second time. Any other is known by all it says.
    private static string RequestId(TableRow row)
    {
        var subject = $"equecel table 1\n{row.File.Table.Service.Descriptor.FullName}\n{row.File.Table.Form.Name}\n";
        return row.Key is { } key
            ? NameBasedId.Of($"{subject}{row.Header.Participant}\n{key}\n{row.Header.RecordId}\n{row.Header.ExpectedVersion}")
            : NameBasedId.Of([.. Encoding.UTF8.GetBytes(subject), .. row.Submission.ToByteArray()]);
    }

    private void AddKey(TableRow row)
    {
        if (row.Key is not { } key || !keys.Remembers(row.File.Table.Name))
        {
            return;
        }

        var name = KeyTable.Name(row.File.Table.Name, row.Header.Participant, key);
        if (keys.TryAdd(name, out var full))
        {
            row.Name = name;
        }
        else if (full || row.Header.RecordId.Length == 0)
        {
            // An amendment may have the key of the row that it amends.
            row.Add(FormTable.KeyColumn, full ? CellFault.KeysFull(KeyTable.MostKeys) : CellFault.KeyTwice(key));
        }
    }
}
