namespace Equecel.DatasetJson.Checks;

/// <summary>What the values of a row of DM must be to each other.</summary>
/// <remarks>Source: SDTMIG 3.4, Demographics, arms and reasons for their absence.</remarks>
internal static class DemographicRules
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<RowRule> Rows { get; } =
    [
        new(["DTHFL", "DTHDTC"], row => row.IsYes("DTHFL") == row.Has("DTHDTC"), "and DTHDTC differ about death", "Give the date of death with the flag, or neither."),
        new(["ARMCD", "ARM"], row => row.Has("ARMCD") == row.Has("ARM"), "is there without ARM, or ARM without it", "Fill both or neither."),
        new(["ACTARMCD", "ACTARM"], row => row.Has("ACTARMCD") == row.Has("ACTARM"), "is there without ACTARM, or ACTARM without it", "Fill both or neither."),
        new(
            ["ARMNRS", "ARM", "ACTARM"], row => row.Has("ARMNRS") != (row.Has("ARM") && row.Has("ACTARM")),
            "and the arms differ", "Say why an arm is not there; with both arms there is nothing to say."),
        new(
            ["ACTARMUD", "ARMNRS"], row => row.Has("ACTARMUD") == (row.Text("ARMNRS") == "UNPLANNED TREATMENT"),
            "and ARMNRS differ", "Describe the treatment when it was unplanned, and only then."),
        new(["AGEU", "AGE"], row => !row.Has("AGE") || row.Has("AGEU"), "is not there beside an age", "Give the unit."),
        new(["AGE"], row => row.Number("AGE") is null or (>= 0 and <= 130), "is not between 0 and 130", "Correct the age."),
        StandardRules.InOrder("RFSTDTC", "RFENDTC"),
        StandardRules.InOrder("RFXSTDTC", "RFXENDTC"),
    ];
}
