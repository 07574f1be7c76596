namespace Equecel.DatasetJson.Checks;

/// <summary>What the values of a row of an analysis dataset must be to each other.</summary>
/// <remarks>Source: ADaMIG 1.3; the Basic Data Structure for time-to-event analyses; OCCDS 1.1.</remarks>
internal static class AnalysisRules
{
    /// <summary>Rules of ADSL.</summary>
    public static IReadOnlyList<RowRule> Subject { get; } =
    [
        new(["DTHFL", "DTHDT"], row => row.IsYes("DTHFL") == row.Has("DTHDT"), "and DTHDT differ about death", "Give the date of death with the flag, or neither."),
        Completed("DTHDTF", "DTHDT"),
        new(["LSTALVDT", "DTHDT"], row => !(row.Day("LSTALVDT") > row.Day("DTHDT")), "is after DTHDT", "Nobody is known alive after death: correct one of the two."),
        new(["SAFFL", "TRTSDT"], row => row.IsYes("SAFFL") == row.Has("TRTSDT"), "and TRTSDT differ about the treatment", "Who was treated has a date of it, and nobody else."),
        new(["EOSDT", "EOSSTT"], row => !row.Has("EOSDT") || row.Text("EOSSTT") != "ONGOING", "is there while the participation goes on", "Take the date out, or say how the participation ended."),
        StandardRules.InOrder("TRTSDT", "TRTEDT"),
    ];

    /// <summary>Rules of ADRS.</summary>
    public static IReadOnlyList<RowRule> Response { get; } =
    [
        new(["AVALC"], row => row.Has("AVALC") || row.Has("AVAL"), "and AVAL are both not there", "Give one of the two."),
        new(["ADT", "AVALC"], row => row.Has("ADT") || row.Text("AVALC") is "N" or "MISSING" or "NE", "is not there beside a result", "Give the date of the result."),
        Completed("ADTF", "ADT"),
        Day("ADY", "ADT"),
    ];

    /// <summary>Rules of ADTTE.</summary>
    public static IReadOnlyList<RowRule> TimeToEvent { get; } =
    [
        Completed("ADTF", "ADT"),
        new(["CNSR"], row => row.Number("CNSR") is null or (>= 0), "is below 0", "Give 0 for an event, and a whole number above 0 for each reason of censoring."),
        new(["AVAL"], row => !IsInDays(row) || row.Number("AVAL") is null || (row.Number("AVAL") >= 1 && decimal.IsInteger(row.Number("AVAL")!.Value)), "is no whole number of days from 1 on", "The day of the origin is day 1."),
        new(
            ["AVAL", "ADT", "STARTDT"],
            row => !IsInDays(row) || row.Day("ADT") is not { } end || row.Day("STARTDT") is not { } start || row.Number("AVAL") == end.DayNumber - start.DayNumber + 1,
            "is not ADT less STARTDT and one", "Compute the days anew."),
        new(["EVNTDESC", "CNSR"], row => row.Number("CNSR") is not { } censored || row.Has("EVNTDESC") == (censored == 0), "and CNSR differ", "An event is described, and nothing else is."),
        new(["CNSDTDSC", "CNSR"], row => row.Number("CNSR") is not { } censored || row.Has("CNSDTDSC") == (censored > 0), "and CNSR differ", "The date of a censoring is described, and nothing else is."),
        new(["SRCDOM", "CNSR"], row => row.Number("CNSR") != 0 || row.Has("SRCDOM"), "is not there beside an event", "Name where the date of the event comes from."),
    ];

    /// <summary>Rules of ADAE beside those of AE.</summary>
    public static IReadOnlyList<RowRule> AdverseEvent { get; } =
    [
        Day("ASTDY", "ASTDT"),
        Day("AENDY", "AENDT"),
        StandardRules.InOrder("ASTDT", "AENDT"),
        Completed("ASTDTF", "ASTDT"),
        new(
            ["ADURN", "ASTDT", "AENDT"],
            row => row.Number("ADURN") is not { } days || (row.Day("AENDT") is { } end && row.Day("ASTDT") is { } start && days == end.DayNumber - start.DayNumber + 1),
            "is not AENDT less ASTDT and one", "Compute the duration anew."),
        new(["ATOXGRN", "ATOXGR"], row => row.Number("ATOXGRN") == row.Number("ATOXGR"), "is not ATOXGR", "Both are the same grade."),
    ];

    /// <summary>Rules of ADQS.</summary>
    public static IReadOnlyList<RowRule> Questionnaire { get; } =
    [
        new(
            ["CHG", "AVAL", "BASE"],
            row => row.Number("CHG") is not { } change || (row.Number("AVAL") is { } value && row.Number("BASE") is { } before && Math.Abs(change - (value - before)) < 0.000001m),
            "is not AVAL less BASE", "Compute the change anew."),
        new(["ABLFL", "AVAL", "BASE"], row => !row.IsYes("ABLFL") || (row.Has("AVAL") && row.Number("AVAL") == row.Number("BASE")), "marks a row whose AVAL is not BASE", "The baseline's row has the baseline's value."),
        new(["CHG", "ABLFL"], row => !row.Has("CHG") || !row.IsYes("ABLFL"), "is there at the baseline", "There is a change after the baseline only."),
        Day("ADY", "ADT"),
    ];

    // Others' times may be in months or years, and say so.
    private static bool IsInDays(RowView row) => row.Text("AVALU") is null or "DAYS";

    private static RowRule Completed(string flag, string date) =>
        new([flag, date], row => !row.Has(flag) || row.Has(date), $"is there without {date}", "A flag of completion belongs to a date: take it out.");

    private static RowRule Day(string day, string date) => new(
        [day, date, "TRTSDT"],
        row => row.Day(date) is not { } on || row.Day("TRTSDT") is not { } first
            ? !row.Has(day)
            : row.Number(day) is null || row.Number(day) == on.DayNumber - first.DayNumber + (on >= first ? 1 : 0),
        $"is not the study day of {date}", "Count from TRTSDT, which is day 1; the day before it is -1.");
}
