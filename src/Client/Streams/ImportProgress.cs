namespace Equecel.Client;

/// <summary>How far an import is.</summary>
/// <param name="SentCount">Rows sent, each counted once.</param>
/// <param name="AnsweredCount">Rows that have their verdict.</param>
/// <param name="CutCount">Times that the stream was cut and taken up again.</param>
public readonly record struct ImportProgress(long SentCount, long AnsweredCount, int CutCount);
