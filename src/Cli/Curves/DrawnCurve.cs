namespace Equecel.Cli.Curves;

/// <summary>A curve of steps as a picture has it.</summary>
/// <param name="Group">Whose it is; empty for all participants.</param>
/// <param name="Points">When the share changes, in days, and what it is from then on, 0 to 1; in order of time.</param>
internal sealed record DrawnCurve(string Group, IReadOnlyList<(double Days, double Share)> Points);
