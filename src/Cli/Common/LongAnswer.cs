namespace Equecel.Cli.Common;

/// <summary>How long a person waits for an answer about the whole study: longer than for a record.</summary>
internal static class LongAnswer
{
    /// <summary>When a call that begins now is given up.</summary>
    public static DateTime Deadline => DateTime.UtcNow.AddMinutes(10);
}
