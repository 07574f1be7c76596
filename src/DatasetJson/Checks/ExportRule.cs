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

    // What is done for the study alone.
    private static readonly string[] Procedures = ["EX", "QS", "RS"];

    /// <summary>All of them.</summary>
    /// <remarks>Sources: SDTMIG 3.4; ADaMIG 1.3; the study's list of checks across datasets.</remarks>
    public static IReadOnlyList<ExportRule> All { get; } =
    [
        new(["ADSL", "DM"], "DTHDT", subject => subject.Death.HasDied == subject.DeathDate is not null, "and DM.DTHFL differ about death", Anew),
        new(["ADSL", "DM"], "DTHDT", subject => subject.Death.Day is not { } day || subject.DeathDate is null || day == subject.DeathDate, "is not the day of DM.DTHDTC", Anew),
        new(["ADSL", "DM"], "TRTSDT", subject => subject.TreatmentStart == (subject.FirstTreatment is { } start ? IsoDates.FindDayOf(start) : null), "is not the day of DM.RFXSTDTC", Anew),
        new(["ADSL", "DM"], "SITEID", subject => subject.Sites.Analysed == subject.Sites.Recorded, "is not that of DM", Anew),
        new(["ADSL"], "DATAORIG", subject => subject.Origin is not null, "is not there", "Sums over prospective and retrospective subjects would not be the totals: tell where the data came from.", IsOwn: true),
        new(["ADSL", "DM"], "SAFFL", subject => subject.Populations.Contains("SAFFL") == subject.FirstTreatment is not null, "and DM.RFXSTDTC differ about the treatment", Anew),
        .. ExportProfile.Datasets.Select(dataset => new ExportRule(
            [dataset, "ADSL"], "USUBJID", subject => subject.Profile.IsSameIn(dataset), "has other values of the subject's variables than ADSL", Anew, IsOwn: true)),
        new(["ADSL"], "FASFL", subject => !subject.Populations.Contains("FASFL") || subject.Populations.Contains("SAFFL"), "is Y outside the safety population", "Who is analysed was treated: correct the flags."),
        new(["ADSL"], "EVALFL", subject => !subject.Populations.Contains("EVALFL") || subject.Populations.Contains("FASFL"), "is Y outside the full analysis set", "Who is evaluable is analysed: correct the flags."),
        new(["DM", "EX"], "RFXSTDTC", subject => subject.FirstTreatment is not { } start || subject.Starts.Contains(start), "is the start of no row of EX", Anew),
        new(["EX", "DM"], "EXSTDTC", subject => subject.FirstInfusion == subject.FirstTreatment, "of the first infusion is not DM.RFXSTDTC", Anew, IsOwn: true),
        .. ExportDates.Datasets.Select(dated => new ExportRule(
            [dated.Dataset, "DM"], dated.StudyDay, subject => subject.Dates.AreCountedFrom(dated.Dataset, subject.ReferenceStart), "is not counted from DM.RFSTDTC",
            "The day of DM.RFSTDTC is 1, the day before it -1; without one there is no study day.")),
        .. ExportDates.Datasets.Select(dated => new ExportRule(
            [dated.Dataset, "DM"], dated.Date, subject => !(subject.Dates.LastOf(dated.Dataset) > subject.LastPossibleDay), "of a record, or its end, is after DM.DTHDTC", Query, IsNote: true)),
        new(["DM", "DS"], "RFICDTC", subject => subject.ConsentMilestone is null || subject.Consent == subject.ConsentMilestone, "is not the earliest consent of DS", Anew),
        new(
            ["DM", "ADSL"], "RFICDTC",
            subject => subject.Origin != "PROSPECTIVE" || subject.Consent is not { } consent || Procedures.All(dataset => !(IsoDates.FindDayOf(consent) > subject.Dates.FirstOf(dataset))),
            "is after a dose, an assessment or a questionnaire of a prospective subject", "What comes from an archive may be older than the consent: ask the site about the rest.", IsNote: true, IsOwn: true),
        new(["DM", "DS"], "DTHFL", subject => !subject.Death.HasDied || subject.HasDeathDisposition, "is Y, and DS has no death", Anew),
        new(["DS", "DM"], "DSDECOD", subject => !subject.HasDeathDisposition || subject.Death.HasDied, "is DEATH, and DM.DTHFL is not Y", Query, IsNote: true),
        new(["DM", "DD"], "DTHFL", subject => !subject.Death.HasDied || subject.HasCauseOfDeath, "is Y, and DD has no cause of death", "Ask the site for the cause.", IsNote: true),
        new(["AE", "DM"], "AESDTH", subject => !subject.HasFatalEvent || subject.Death.HasDied, "is Y, and DM.DTHFL is not", Query, IsNote: true),
        new(["SUPPAE", "AE"], "IDVARVAL", subject => subject.SupplementedEvents.IsSubsetOf(subject.Events), "names an event that AE has not", Anew),
        new(["ADAE", "AE"], "AESEQ", subject => subject.AnalysedEvents.IsSubsetOf(subject.Events), "names an event that AE has not", Anew),
        new(["AE", "ADAE"], "AESEQ", subject => subject.Events.IsSubsetOf(subject.AnalysedEvents), "names an event that ADAE has not", Anew, IsOwn: true),
        new(["ADRS", "RS"], "SRCSEQ", subject => subject.AnalysedResponses.SetEquals(subject.Responses), "of OVR are not the overall responses of RS", Anew, IsOwn: true),
        new(
            ["ADTTE"], "ADT", subject => subject.TimeEnds.GetValueOrDefault("OS") is not { } end || subject.TimeEnds.GetValueOrDefault("PFS") is not { } earlier || earlier <= end,
            "of PFS is after that of OS", "Nobody is without progression longer than alive: correct the dates."),
        new(
            ["ADSL", "ADTTE"], "FASFL",
            subject => !subject.Populations.Contains("FASFL") || OwnRules.Times.All(code => code == OwnRules.ResponseTime || subject.TimeEnds.ContainsKey(code)),
            "is Y, and a time of ADTTE is not there", Anew, IsOwn: true),
        new(["ADTTE", "ADSL"], "USUBJID", subject => subject.Populations.Contains("FASFL"), "has times outside the full analysis set", Anew, IsOwn: true),
        new(["ADTTE", "RS"], "SRCSEQ", subject => subject.TimeSources.IsSubsetOf(subject.Responses), "names a response that RS has not", Anew, IsOwn: true),
        new(["ADRS", "ADTTE"], "PARAMCD", subject => !subject.HasResponded || subject.TimeEnds.ContainsKey(OwnRules.ResponseTime), "is RSP with Y, and ADTTE has no RSD", Anew, IsOwn: true),
        new(["ADTTE", "ADRS"], "PARAMCD", subject => !subject.TimeEnds.ContainsKey(OwnRules.ResponseTime) || subject.HasResponded, "is RSD for a subject who did not respond", Anew, IsOwn: true),
        new(["ADTTE", "ADRS"], "ADT", subject => subject.ProgressionEvent is not { } date || date == subject.Progression, "of a progression is not that of PD in ADRS", Anew, IsOwn: true),
        new(["ADQS", "QS"], "AVAL", subject => subject.Scores.Agree, "is not what the answers of QS give", Anew, IsOwn: true),
    ];
}
