namespace Equecel.ServiceDefaults;

/// <summary>What somebody sent, made fit for a line of a log: short, and unable to forge another line.</summary>
public static class LogText
{
    private const int Longest = 80;

    /// <summary>Keeps the first 80 signs, each as it is if it is one of ASCII that can be seen, and else as a question mark.</summary>
    /// <param name="text">The text; null or empty for none.</param>
    /// <returns>The text; <c>-</c> for none.</returns>
    public static string Of(string? text) => string.IsNullOrEmpty(text) ? "-"
        : string.Create(Math.Min(text.Length, Longest), text, (signs, all) =>
        {
            for (var i = 0; i < signs.Length; i++)
            {
                signs[i] = all[i] is >= '!' and <= '~' ? all[i] : '?';
            }
        });
}
