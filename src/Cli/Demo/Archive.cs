using System.Globalization;
using Equecel.Cli.Common;

namespace Equecel.Cli.Demo;

/// <summary>The archive that the demo sends: input.csv and what R makes of it.</summary>
internal sealed record Archive(IReadOnlyList<ArchivePatient> Patients, ExpectedSurvival Expected)
{
    private const string Header = "time,status,group";

    /// <summary>Where the archive stands that comes with the program.</summary>
    public static string StandardFolder => Path.Combine(AppContext.BaseDirectory, "Demo", "D03_myeloma");

    /// <summary>Reads an archive.</summary>
    /// <param name="folder">Folder with input.csv and expected.json.</param>
    /// <exception cref="CliException">There is no archive, or a row is not as it should be.</exception>
    public static Archive Read(string folder)
    {
        var path = Path.Combine(folder, "input.csv");
        if (!File.Exists(path))
        {
            throw new CliException($"There is no archive in {folder}: input.csv is missing. Name the folder with --archive.");
        }

        return new Archive(Parse(File.ReadLines(path), path), ExpectedSurvival.Read(Path.Combine(folder, "expected.json")));
    }

    /// <summary>Reads patients from the lines of a file.</summary>
    /// <exception cref="CliException">A line is not as it should be.</exception>
    internal static IReadOnlyList<ArchivePatient> Parse(IEnumerable<string> lines, string path)
    {
        var patients = new List<ArchivePatient>();
        var isHeader = true;
        foreach (var line in lines)
        {
            if (isHeader && line != Header)
            {
                throw new CliException($"{path} does not begin with '{Header}'. Name another folder with --archive.");
            }

            if (!isHeader)
            {
                patients.Add(ParseLine(line, patients.Count + 1)
                    ?? throw new CliException($"Row {patients.Count + 1} of {path} is not 'days,0 or 1,era': {line}"));
            }

            isHeader = false;
        }

        return patients;
    }

    private static ArchivePatient? ParseLine(string line, int row) =>
        line.Split(',') is [var time, "0" or "1", { Length: > 0 } era]
        && int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0
            ? new ArchivePatient(row, days, line.Split(',')[1] == "1", era)
            : null;
}
