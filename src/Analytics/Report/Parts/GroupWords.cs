namespace Equecel.Analytics.Report.Parts;

/// <summary>Names and lines of the groups of a curve.</summary>
internal static class GroupWords
{
    /// <summary>Its name.</summary>
    /// <param name="group">The group's key; empty for all participants.</param>
    /// <param name="words">The language.</param>
    public static string Label(string group, Wording words) => group switch
    {
        "" => words.Of("All", "全部"),
        "PROSPECTIVE" => words.Of("Prospective", "前瞻性"),
        "RETROSPECTIVE" => words.Of("Retrospective", "回顾性"),
        _ => group,
    };

    /// <summary>Class of its line.</summary>
    /// <param name="group">The group's key; empty for all participants.</param>
    public static string Style(string group) => group switch
    {
        "" => "all",
        "PROSPECTIVE" => "second",
        _ => "third",
    };
}
