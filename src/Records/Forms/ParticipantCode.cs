namespace Equecel.Records.Forms;

/// <summary>A participant's code: site code and number, such as <c>01-0001</c>.</summary>
public static class ParticipantCode
{
    /// <summary>Whether a text is a site code: two or three digits.</summary>
    /// <param name="text">The text.</param>
    public static bool IsSite(string text) => text.Length is 2 or 3 && text.All(char.IsAsciiDigit);

    /// <summary>The site of a participant; null when the text is not a code: site, hyphen, four to seven digits.</summary>
    /// <param name="text">The text.</param>
    public static string? FindSite(string text)
    {
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return hyphen is 2 or 3 && IsSite(text[..hyphen]) && text.Length - hyphen - 1 is >= 4 and <= 7 && text.AsSpan(hyphen + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? text[..hyphen]
            : null;
    }
}
