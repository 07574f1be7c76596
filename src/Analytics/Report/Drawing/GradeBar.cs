namespace Equecel.Analytics.Report.Drawing;

/// <summary>A bar for the participants who had an event, by their worst grade.</summary>
/// <param name="Label">The event.</param>
/// <param name="Counts">Participants with grade 1 to 5 as the worst.</param>
/// <param name="Short">Those with any grade, as briefly as a phone needs it.</param>
internal sealed record GradeBar(string Label, IReadOnlyList<long> Counts, string Short);
