namespace Equecel.DatasetJson.Checks;

/// <summary>Something that the datasets of one export must agree about, for each subject.</summary>
/// <param name="Datasets">The datasets that it asks; without one of them it is not checked. A fault is at the first.</param>
/// <param name="Variable">The variable that a fault is at.</param>
/// <param name="Holds">Whether it is so.</param>
/// <param name="What">What is wrong when it is not.</param>
/// <param name="Advice">What to do then.</param>
/// <param name="IsNote">Whether the records themselves may contradict each other so: the datasets tell what was recorded.</param>
/// <param name="IsOwn">Whether it is a promise of this platform alone, in its parameters.</param>
internal sealed record ExportRule(
    string[] Datasets, string Variable, Func<ExportSubject, bool> Holds, string What, string Advice, bool IsNote = false, bool IsOwn = false)
{
    private const string Anew = "Export both anew, of one moment of the data.";
    private const string Query = "Ask the site which of the two is right.";

    /// <summary>All of them.</summary>
    /// <remarks>Sources: SDTMIG 3.4; ADaMIG 1.3; the study's list of checks across datasets.</remarks>
    public static IReadOnlyList<ExportRule> All { get; } =
    [
        new(["ADSL", "DM"], "DTHDT", subject => subject.Death.HasDied == subject.DeathDate is not null, "and DM.DTHFL differ about death", Anew),
        new(["ADSL", "DM"], "DTHDT", subject => subject.Death.Day is not { } day || subject.DeathDate is null || day == subject.DeathDate, "is not the day of DM.DTHDTC", Anew),
        new(["ADSL", "DM"], "TRTSDT", subject => subject.TreatmentStart == (subject.FirstTreatment is { } start ? IsoDates.FindDayOf(start) : null), "is not the day of DM.RFXSTDTC", Anew),
        new(["ADSL", "DM"], "SAFFL", subject => subject.Populations.Contains("SAFFL") == subject.FirstTreatment is not null, "and DM.RFXSTDTC differ about the treatment", Anew),
        new(["ADSL"], "FASFL", subject => !subject.Populations.Contains("FASFL") || subject.Populations.Contains("SAFFL"), "is Y outside the safety population", "Who is analysed was treated: correct the flags."),
        new(["ADSL"], "EVALFL", subject => !subject.Populations.Contains("EVALFL") || subject.Populations.Contains("FASFL"), "is Y outside the full analysis set", "Who is evaluable is analysed: correct the flags."),
        new(["DM", "EX"], "RFXSTDTC", subject => subject.FirstTreatment is not { } start || subject.Starts.Contains(start), "is the start of no row of EX", Anew),
        new(["DM", "DS"], "RFICDTC", subject => subject.ConsentMilestone is null || subject.Consent == subject.ConsentMilestone, "is not the earliest consent of DS", Anew),
        new(["DM", "DS"], "DTHFL", subject => !subject.Death.HasDied || subject.HasDeathDisposition, "is Y, and DS has no death", Anew),
        new(["DS", "DM"], "DSDECOD", subject => !subject.HasDeathDisposition || subject.Death.HasDied, "is DEATH, and DM.DTHFL is not Y", Query, IsNote: true),
        new(["DM", "DD"], "DTHFL", subject => !subject.Death.HasDied || subject.HasCauseOfDeath, "is Y, and DD has no cause of death", "Ask the site for the cause.", IsNote: true),
        new(["AE", "DM"], "AESDTH", subject => !subject.HasFatalEvent || subject.Death.HasDied, "is Y, and DM.DTHFL is not", Query, IsNote: true),
        new(["ADAE", "AE"], "AESEQ", subject => subject.AnalysedEvents.IsSubsetOf(subject.Events), "names an event that AE has not", Anew),
        new(["AE", "ADAE"], "AESEQ", subject => subject.Events.IsSubsetOf(subject.AnalysedEvents), "names an event that ADAE has not", Anew, IsOwn: true),
        new(["ADRS", "RS"], "SRCSEQ", subject => subject.AnalysedResponses.SetEquals(subject.Responses), "of OVR are not the overall responses of RS", Anew, IsOwn: true),
        new(
            ["ADTTE"], "ADT", subject => subject.TimeEnds.GetValueOrDefault("OS") is not { } end || subject.TimeEnds.GetValueOrDefault("PFS") is not { } earlier || earlier <= end,
            "of PFS is after that of OS", "Nobody is without progression longer than alive: correct the dates."),
        new(["ADTTE", "ADRS"], "PARAMCD", subject => !subject.TimeEnds.ContainsKey("RSD") || subject.HasResponded, "is RSD for a subject who did not respond", Anew, IsOwn: true),
        new(["ADTTE", "ADRS"], "ADT", subject => subject.ProgressionEvent is not { } date || date == subject.Progression, "of a progression is not that of PD in ADRS", Anew, IsOwn: true),
    ];
}
