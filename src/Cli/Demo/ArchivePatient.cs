namespace Equecel.Cli.Demo;

/// <summary>One patient of the archive.</summary>
/// <param name="Row">Number of the row in the file, from 1.</param>
/// <param name="Days">Days that the patient was followed, the first day being day 1.</param>
/// <param name="Died">Whether the patient died on the last of them; otherwise last known alive then.</param>
/// <param name="Era">Era of diagnosis, as in the file.</param>
internal sealed record ArchivePatient(int Row, int Days, bool Died, string Era);
