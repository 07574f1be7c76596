namespace Equecel.DatasetJson.Checks;

/// <summary>What the datasets of one export say of one subject, as far as they must agree about it.</summary>
internal sealed class ExportSubject
{
    private static readonly string[] Flags = ["ENRLFL", "SAFFL", "FASFL", "EVALFL"];

    /// <summary>The datasets that have rows of the subject.</summary>
    public SortedSet<string> Datasets { get; } = new(StringComparer.Ordinal);

    /// <summary>DM: whether the subject died, and the day where it is told.</summary>
    public (bool HasDied, DateOnly? Day) Death { get; private set; }

    /// <summary>DM: the last day that the date of death may mean; null while alive.</summary>
    public DateOnly? LastPossibleDay { get; private set; }

    /// <summary>DM: day 1 of the study days; null without one.</summary>
    public DateOnly? ReferenceStart { get; private set; }

    /// <summary>The sites that DM and ADSL name.</summary>
    public (string? Recorded, string? Analysed) Sites { get; private set; }

    /// <summary>DM: when treatment began.</summary>
    public string? FirstTreatment { get; private set; }

    /// <summary>DM: consent.</summary>
    public string? Consent { get; private set; }

    /// <summary>ADSL: where the subject's data came from.</summary>
    public string? Origin { get; private set; }

    /// <summary>ADSL: date of death.</summary>
    public DateOnly? DeathDate { get; private set; }

    /// <summary>ADSL: when treatment began.</summary>
    public DateOnly? TreatmentStart { get; private set; }

    /// <summary>ADSL: the populations that the subject is in, by their flags.</summary>
    public HashSet<string> Populations { get; } = [];

    /// <summary>EX: when something was given.</summary>
    public HashSet<string> Starts { get; } = [];

    /// <summary>EX: when the product was given first, in files of this platform.</summary>
    public string? FirstInfusion { get; private set; }

    /// <summary>When records are dated.</summary>
    public ExportDates Dates { get; } = new();

    /// <summary>What every row of an analysis dataset tells of the subject.</summary>
    public ExportProfile Profile { get; } = new();

    /// <summary>QS and ADQS: the scores.</summary>
    public ExportScores Scores { get; } = new();

    /// <summary>DS: the earliest consent.</summary>
    public string? ConsentMilestone { get; private set; }

    /// <summary>DS: whether a death ended the participation.</summary>
    public bool HasDeathDisposition { get; private set; }

    /// <summary>DD: whether there is a cause of death.</summary>
    public bool HasCauseOfDeath { get; private set; }

    /// <summary>AE: numbers of the events.</summary>
    public SortedSet<decimal> Events { get; } = [];

    /// <summary>AE: whether one of them was a death.</summary>
    public bool HasFatalEvent { get; private set; }

    /// <summary>SUPPAE: numbers of the events that rows are about.</summary>
    public SortedSet<decimal> SupplementedEvents { get; } = [];

    /// <summary>ADAE: numbers of the events that rows come from.</summary>
    public SortedSet<decimal> AnalysedEvents { get; } = [];

    /// <summary>RS: numbers of the overall responses that were given.</summary>
    public SortedSet<decimal> Responses { get; } = [];

    /// <summary>ADRS: numbers of the overall responses that rows come from.</summary>
    public SortedSet<decimal> AnalysedResponses { get; } = [];

    /// <summary>ADRS: date of the progression.</summary>
    public DateOnly? Progression { get; private set; }

    /// <summary>ADRS: whether the subject responded.</summary>
    public bool HasResponded { get; private set; }

    /// <summary>ADTTE: when the times that are known here ended, by parameter.</summary>
    public Dictionary<string, DateOnly?> TimeEnds { get; } = [];

    /// <summary>ADTTE: numbers of the rows of RS that dates come from.</summary>
    public SortedSet<decimal> TimeSources { get; } = [];

    /// <summary>ADTTE: date of the progression that ended progression-free survival.</summary>
    public DateOnly? ProgressionEvent { get; private set; }

    /// <summary>Takes what a row says.</summary>
    /// <param name="dataset">Its dataset.</param>
    /// <param name="row">The row.</param>
    public void Take(string dataset, RowView row)
    {
        Datasets.Add(dataset);
        Dates.Take(dataset, row);
        Profile.Take(dataset, row);
        switch (dataset)
        {
            case "DM":
                (Death, FirstTreatment, Consent) = ((row.IsYes("DTHFL"), row.Day("DTHDTC")), row.Text("RFXSTDTC"), row.Text("RFICDTC"));
                (LastPossibleDay, ReferenceStart) = (IsoDates.FindLastDay(row.Text("DTHDTC") ?? ""), row.Day("RFSTDTC"));
                Sites = (row.Text("SITEID"), Sites.Analysed);
                break;
            case "ADSL":
                (DeathDate, TreatmentStart, Origin) = (row.Day("DTHDT"), row.Day("TRTSDT"), row.Text("DATAORIG"));
                Sites = (Sites.Recorded, row.Text("SITEID"));
                Populations.UnionWith(Flags.Where(row.IsYes));
                break;
            case "EX" when row.Text("EXSTDTC") is { } start:
                Starts.Add(start);
                FirstInfusion = row.Text("EXCAT") == OwnRules.Infusion ? Earlier(FirstInfusion, start) : FirstInfusion;
                break;
            case "DS" when row.Text("DSDECOD") == "INFORMED CONSENT OBTAINED" && row.Text("DSSTDTC") is { } date:
                ConsentMilestone = Earlier(ConsentMilestone, date);
                break;
            case "DS":
                HasDeathDisposition |= row.Text("DSDECOD") == "DEATH";
                break;
            case "DD":
                HasCauseOfDeath |= row.Text("DDTESTCD") == "PRCDTH";
                break;
            case "AE" when row.Number("AESEQ") is { } number:
                Events.Add(number);
                HasFatalEvent |= row.IsYes("AESDTH");
                break;
            case "ADAE" when row.Number("AESEQ") is { } number:
                AnalysedEvents.Add(number);
                break;
            case "SUPPAE" when row.Text("IDVAR") == "AESEQ" && row.Number("IDVARVAL") is { } number:
                SupplementedEvents.Add(number);
                break;
            case "RS" when row.Text("RSTESTCD") == "OVRLRESP" && row.Text("RSSTAT") != "NOT DONE" && row.Number("RSSEQ") is { } number:
                Responses.Add(number);
                break;
            case "ADRS":
                TakeResponse(row);
                break;
            case "ADTTE":
                TakeTime(row);
                break;
            case "QS":
                Scores.TakeAnswer(row);
                break;
            case "ADQS":
                Scores.TakeScore(row);
                break;
            default:
                break;
        }
    }

    private static string Earlier(string? one, string other) => one is null || string.CompareOrdinal(other, one) < 0 ? other : one;

    private void TakeResponse(RowView row)
    {
        switch (row.Text("PARAMCD"))
        {
            case "OVR" when row.Number("SRCSEQ") is { } number:
                AnalysedResponses.Add(number);
                break;
            case "PD" when row.IsYes("AVALC"):
                Progression = row.Day("ADT");
                break;
            case "RSP":
                HasResponded |= row.IsYes("AVALC");
                break;
            default:
                break;
        }
    }

    private void TakeTime(RowView row)
    {
        if (row.Text("PARAMCD") is not { } told || OwnRules.Times.FirstOrDefault(known => known == told) is not { } code)
        {
            return;
        }

        TimeEnds[code] = row.Day("ADT");
        ProgressionEvent = code == "PFS" && row.Number("CNSR") == 0 && row.Text("EVNTDESC") == "DISEASE PROGRESSION" ? row.Day("ADT") : ProgressionEvent;
        if (row.Text("SRCDOM") == "RS" && row.Number("SRCSEQ") is { } number)
        {
            TimeSources.Add(number);
        }
    }
}
