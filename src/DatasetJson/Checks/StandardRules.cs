namespace Equecel.DatasetJson.Checks;

/// <summary>What SDTM and ADaM ask of the datasets that are known here.</summary>
/// <remarks>Sources: SDTMIG 3.4 and its controlled terminology; ADaMIG 1.3, BDS for time to event, OCCDS 1.1.</remarks>
internal static class StandardRules
{
    private static readonly string[] Flag = ["Y"];
    private static readonly string[] YesNo = ["Y", "N"];
    private static readonly string[] Sexes = ["F", "M", "U", "UNDIFFERENTIATED"];
    private static readonly string[] Responses = ["sCR", "CR", "VGPR", "PR", "MR", "SD", "PD", "NE"];

    private static readonly string[] AeRequired = ["STUDYID", "DOMAIN", "USUBJID", "AESEQ", "AETERM"];

    private static readonly string[] AeExpected =
    [
        "AEDECOD", "AELLT", "AELLTCD", "AEPTCD", "AEHLT", "AEHLTCD", "AEHLGT", "AEHLGTCD", "AEBODSYS", "AEBDSYCD", "AESOC", "AESOCCD", "AESER", "AEACN", "AEREL", "AESTDTC", "AEENDTC",
    ];

    private static readonly Dictionary<string, string[]> AeValues = new()
    {
        ["AESER"] = YesNo,
        ["AESDTH"] = YesNo,
        ["AESLIFE"] = YesNo,
        ["AESHOSP"] = YesNo,
        ["AESDISAB"] = YesNo,
        ["AESCONG"] = YesNo,
        ["AESMIE"] = YesNo,
        ["AECONTRT"] = YesNo,
        ["AETOXGR"] = ["1", "2", "3", "4", "5"],
        ["AESEV"] = ["MILD", "MODERATE", "SEVERE"],
        ["AEOUT"] = ["FATAL", "NOT RECOVERED/NOT RESOLVED", "RECOVERED/RESOLVED", "RECOVERED/RESOLVED WITH SEQUELAE", "RECOVERING/RESOLVING", "UNKNOWN"],
        ["AEACN"] = ["DOSE INCREASED", "DOSE NOT CHANGED", "DOSE RATE REDUCED", "DOSE REDUCED", "DRUG INTERRUPTED", "DRUG WITHDRAWN", "NOT APPLICABLE", "UNKNOWN"],
    };

    private static readonly string[] Seriousness = ["AESDTH", "AESLIFE", "AESHOSP", "AESDISAB", "AESCONG", "AESMIE"];

    private static readonly RowRule[] AeRows =
    [
        new(["AESER", .. Seriousness], row => !row.IsYes("AESER") || Seriousness.Any(row.IsYes), "is Y without a criterion of seriousness", "Set the criterion that makes the event serious, or AESER to N."),
        new(["AESER", .. Seriousness], row => row.Text("AESER") != "N" || !Seriousness.Any(row.IsYes), "is N beside a criterion of seriousness", "Set AESER to Y, or take the criterion out."),
        new(["AESDTH", "AEOUT"], row => row.IsYes("AESDTH") == (row.Text("AEOUT") == "FATAL"), "and AEOUT differ about death", "AESDTH is Y when AEOUT is FATAL, and only then."),
        InOrder("AESTDTC", "AEENDTC"),
    ];

    private static readonly Dictionary<string, DatasetRules> Known = new()
    {
        ["DM"] = new(
            ["STUDYID", "DOMAIN", "USUBJID", "SUBJID", "SITEID", "SEX", "COUNTRY"],
            ["RFSTDTC", "RFENDTC", "RFXSTDTC", "RFXENDTC", "RFICDTC", "RFPENDTC", "DTHDTC", "DTHFL", "AGE", "AGEU", "RACE", "ARMCD", "ARM", "ACTARMCD", "ACTARM", "ARMNRS", "ACTARMUD"],
            DemographicRules.Rows,
            new Dictionary<string, string[]>
            {
                ["SEX"] = Sexes,
                ["DTHFL"] = Flag,
                ["AGEU"] = ["YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS"],
                ["ARMNRS"] = ["SCREEN FAILURE", "NOT ASSIGNED", "ASSIGNED, NOT TREATED", "UNPLANNED TREATMENT"],
            },
            IsOneRowASubject: true),
        ["EX"] = new(
            ["STUDYID", "DOMAIN", "USUBJID", "EXSEQ", "EXTRT"], ["EXDOSE", "EXDOSU", "EXDOSFRM", "EXSTDTC", "EXENDTC"],
            [InOrder("EXSTDTC", "EXENDTC"), NotBelow("EXDOSE", 0)], new Dictionary<string, string[]>()),
        ["AE"] = new(AeRequired, AeExpected, AeRows, AeValues),
        ["RS"] = new(
            ["STUDYID", "DOMAIN", "USUBJID", "RSSEQ", "RSTESTCD", "RSTEST"], ["RSCAT", "RSORRES", "RSSTRESC", "VISITNUM", "RSDTC"],
            FindingRows("RS"), new Dictionary<string, string[]> { ["RSSTAT"] = ["NOT DONE"] }),
        ["DS"] = new(
            ["STUDYID", "DOMAIN", "USUBJID", "DSSEQ", "DSTERM", "DSDECOD"], ["DSCAT", "DSSTDTC", "DSSTDY"],
            [], new Dictionary<string, string[]> { ["DSCAT"] = ["PROTOCOL MILESTONE", "DISPOSITION EVENT", "OTHER EVENT"] }),
        ["DD"] = new(["STUDYID", "DOMAIN", "USUBJID", "DDSEQ", "DDTESTCD", "DDTEST"], ["DDORRES", "DDSTRESC", "DDDTC"], FindingRows("DD"), new Dictionary<string, string[]>()),
        ["HO"] = new(["STUDYID", "DOMAIN", "USUBJID", "HOSEQ", "HOTERM"], ["HOSTDTC"], [InOrder("HOSTDTC", "HOENDTC")], new Dictionary<string, string[]>()),
        ["QS"] = new(
            ["STUDYID", "DOMAIN", "USUBJID", "QSSEQ", "QSTESTCD", "QSTEST", "QSCAT"], ["QSORRES", "QSSTRESC", "QSLOBXFL", "VISITNUM", "QSDTC"],
            FindingRows("QS"), new Dictionary<string, string[]> { ["QSSTAT"] = ["NOT DONE"], ["QSLOBXFL"] = Flag }),
        ["ADSL"] = new(
            ["STUDYID", "USUBJID", "SUBJID", "SITEID", "SEX", "RACE", "ARM", "TRT01P"], ["AGE", "AGEU"],
            AnalysisRules.Subject, new Dictionary<string, string[]> { ["SEX"] = Sexes, ["DTHFL"] = Flag, ["EOSSTT"] = ["COMPLETED", "DISCONTINUED", "ONGOING"] }, IsOneRowASubject: true),
        ["ADRS"] = new(
            ["STUDYID", "USUBJID", "PARAM", "PARAMCD"], ["AVALC", "ADT"], AnalysisRules.Response,
            new Dictionary<string, string[]> { ["AVALC"] = [.. Responses, "Y", "N", "MISSING", "NEGATIVE", "POSITIVE"] }),
        ["ADTTE"] = new(["STUDYID", "USUBJID", "PARAM", "PARAMCD", "AVAL", "CNSR"], [], AnalysisRules.TimeToEvent, new Dictionary<string, string[]>()),
        ["ADAE"] = new(
            ["STUDYID", "USUBJID", "AESEQ", "AETERM"], [.. AeExpected, "ASTDT"], [.. AeRows, .. AnalysisRules.AdverseEvent],
            new Dictionary<string, string[]>(AeValues) { ["TRTEMFL"] = Flag }),
        ["ADQS"] = new(["STUDYID", "USUBJID", "PARAM", "PARAMCD"], ["AVAL"], AnalysisRules.Questionnaire, new Dictionary<string, string[]> { ["ABLFL"] = Flag }),
    };

    /// <summary>Names of the datasets that are known.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>What a dataset of a name must be; null when nothing is known of the name.</summary>
    /// <param name="dataset">The name.</param>
    public static DatasetRules? Find(string dataset) =>
        Known.GetValueOrDefault(dataset) ?? (dataset.Length == 6 && dataset.StartsWith("SUPP", StringComparison.Ordinal) ? Supplement(dataset[4..]) : null);

    /// <summary>That something does not end before it begins, as far as both days are told.</summary>
    internal static RowRule InOrder(string start, string end) => new(
        [end, start], row => !(row.Day(end) < row.Day(start)), $"is before {start}", "Nothing ends before it begins: correct one of the two.");

    /// <summary>That a number is not below another.</summary>
    internal static RowRule NotBelow(string name, decimal least) =>
        new([name], row => !(row.Number(name) < least), $"is below {least}", $"Give {least} or more.");

    private static DatasetRules Supplement(string domain) => new(
        ["STUDYID", "RDOMAIN", "USUBJID", "QNAM", "QLABEL", "QVAL", "QORIG"], ["IDVAR", "IDVARVAL", "QEVAL"],
        [
            new(["RDOMAIN"], row => row.Text("RDOMAIN") is null || row.Text("RDOMAIN") == domain, $"is not {domain}", "It is the dataset that is supplemented, in every row."),
            new(["IDVAR", "IDVARVAL"], row => row.Has("IDVAR") == row.Has("IDVARVAL"), "is there without IDVARVAL, or IDVARVAL without it", "Name the row by both, or the subject by neither."),
            new(["QNAM"], row => row.Text("QNAM") is not { Length: > 8 }, "has more than 8 characters", "Shorten the name."),
        ],
        new Dictionary<string, string[]>());

    private static RowRule[] FindingRows(string domain) =>
    [
        new(
            [$"{domain}STRESC", $"{domain}ORRES"], row => !row.Has($"{domain}ORRES") || row.Has($"{domain}STRESC"),
            $"is not there beside {domain}ORRES", "A result has a standard form as well: fill it."),
        new(
            [$"{domain}STAT", $"{domain}STRESC"], row => !row.Has($"{domain}STAT") || !row.Has($"{domain}STRESC"),
            "is NOT DONE beside a result", "What was not done has no result: take one of the two out."),
    ];
}
