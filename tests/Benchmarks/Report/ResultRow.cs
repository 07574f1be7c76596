namespace Equecel.Benchmarks.Report;

/// <summary>One line of the table.</summary>
/// <param name="Figure">What was measured, and how where that is not plain.</param>
/// <param name="Measured">The median, with smallest and largest where it was measured more than once.</param>
/// <param name="Target">What is aimed at; empty where there is no target.</param>
/// <param name="Compared">The ratio, and to what.</param>
internal sealed record ResultRow(string Figure, string Measured, string Target = "", string Compared = "");
