using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.Cli.Tables;

/// <summary>A row on its way: what is sent of it, and what was found wrong with it here.</summary>
internal sealed class TableRow
{
    /// <summary>Its file.</summary>
    public required TableFile File { get; init; }

    /// <summary>Number of its line in a spreadsheet.</summary>
    public required int Number { get; init; }

    /// <summary>What is sent.</summary>
    public required IMessage Submission { get; init; }

    /// <summary>Its header.</summary>
    public required SubmissionHeader Header { get; init; }

    /// <summary>Its form.</summary>
    public required IMessage Form { get; init; }

    /// <summary>Its key; null when it has none.</summary>
    public string? Key { get; set; }

    /// <summary>What it is known by to rows that refer to it; null when none may.</summary>
    public UInt128? Name { get; set; }

    /// <summary>What is wrong with its cells. A row with faults is only checked, so that all that is wrong with it is told at once.</summary>
    public List<Finding> Faults { get; } = [];

    /// <summary>Columns whose cells refer to other rows, and the cells.</summary>
    public List<(Column Column, string Cell)> References { get; } = [];

    /// <summary>Adds what is wrong with a column's cell.</summary>
    public void Add(string column, Finding fault)
    {
        fault.Field = column;
        Faults.Add(fault);
    }
}
