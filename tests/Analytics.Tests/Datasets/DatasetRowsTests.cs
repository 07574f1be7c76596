using Equecel.Analytics.Tests.Tables;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class DatasetRowsTests
{
    [Fact]
    public void Demographics_tell_everybody_and_why_an_arm_is_not_there() => Assert.Equal(
        [
            "EQUECEL-RWS-01-0001 2025-03-01T10:00:00+08:00 2025-01-10 2025-08-28 Y 64 F EQUECEL EQUECEL -",
            "EQUECEL-RWS-01-0002 2025-03-01T10:00:00+08:00 2025-01-10 - - 64 M EQUECEL EQUECEL -",
            "EQUECEL-RWS-01-0003 - 2025-01-10 - - 64 M EQUECEL - ASSIGNED, NOT TREATED",
            "EQUECEL-RWS-01-0004 - 2025-01-10 - - 64 M - - SCREEN FAILURE",
            "EQUECEL-RWS-02-0001 2025-03-01T10:00:00+08:00 - 2025-06 Y - U EQUECEL EQUECEL -",
        ],
        All(V1.Dataset.Dm, "USUBJID", "RFSTDTC", "RFICDTC", "DTHDTC", "DTHFL", "AGE", "SEX", "ARMCD", "ACTARMCD", "ARMNRS"));

    [Fact]
    public void Exposure_has_the_infusion_and_each_dose_of_lymphodepletion() => Assert.Equal(
        [
            "1 EQUECABTAGENE AUTOLEUCEL CAR-T INFUSION 2025-03-01T10:00:00+08:00 1",
            "2 FLUDARABINE LYMPHODEPLETION 2025-02-24 -5",
            "3 FLUDARABINE LYMPHODEPLETION 2025-02-25 -4",
        ],
        Of("01-0001", V1.Dataset.Ex, "EXSEQ", "EXTRT", "EXCAT", "EXSTDTC", "EXSTDY"));

    [Fact]
    public void Adverse_events_are_in_the_standard_s_words() => Assert.Equal(
        [
            "3 Rash - N PROBABLY RELATED NOT RECOVERED/NOT RESOLVED - 1 2025-03 - - ONGOING 2025-08-20",
            "2 Chill Chills N PROBABLY RELATED RECOVERED/RESOLVED - 1 2025-02-20 2025-02-21 -9 - -",
            "1 Fever Pyrexia N PROBABLY RELATED RECOVERED/RESOLVED - 2 2025-03-02 2025-03-04 2 - -",
            "4 Sepsis Sepsis Y PROBABLY RELATED FATAL Y 5 2025-08-20 2025-08-28 173 - -",
        ],
        Of("01-0001", V1.Dataset.Ae, "AESEQ", "AETERM", "AEDECOD", "AESER", "AEREL", "AEOUT", "AESDTH", "AETOXGR", "AESTDTC", "AEENDTC", "AESTDY", "AEENRTPT", "AEENTPT"));

    [Fact]
    public void Analysed_events_have_days_and_tell_which_emerged_under_treatment() => Assert.Equal(
        [
            "1 2025-03-02 - 2 4 3 Y TREATMENT WINDOW RELATED - Y",
            "2 2025-02-20 - -9 -8 2 - BEFORE INFUSION RELATED - -",
            "3 2025-03-01 D 1 - - Y TREATMENT WINDOW RELATED Y -",
            "4 2025-08-20 - 173 181 9 - AFTER WINDOW RELATED - -",
        ],
        Of("01-0001", V1.Dataset.Adae, "AESEQ", "ASTDT", "ASTDTF", "ASTDY", "AENDY", "ADURN", "TRTEMFL", "APHASE", "AREL", "AOCCFL", "AOCCPFL"));

    [Fact]
    public void Responses_are_told_as_recorded() => Assert.Equal(
        ["1 OVRLRESP PR 7 WEEK 4 2025-03-31 31", "2 OVRLRESP PD 9 WEEK 12 2025-05-30 91"],
        Of("01-0001", V1.Dataset.Rs, "RSSEQ", "RSTESTCD", "RSSTRESC", "VISITNUM", "VISIT", "RSDTC", "RSDY"));

    [Fact]
    public void Disposition_has_milestones_and_ends()
    {
        Assert.Equal(
            ["3 DISPOSITION EVENT DEATH 2025-08-28 181", "2 PROTOCOL MILESTONE ENTERED INTO TRIAL 2025-01-12 -48", "1 PROTOCOL MILESTONE INFORMED CONSENT OBTAINED 2025-01-10 -50"],
            Of("01-0001", V1.Dataset.Ds, "DSSEQ", "DSCAT", "DSDECOD", "DSSTDTC", "DSSTDY"));
        Assert.Contains("DISPOSITION EVENT NEVER DOSED 2025-02-01", Of("01-0003", V1.Dataset.Ds, "DSCAT", "DSDECOD", "DSSTDTC"));
    }

    [Fact]
    public void Details_of_a_death_are_the_cause_autopsy_and_place() => Assert.Equal(
        ["AUTOPIND N N", "LOCDTH HOSPITAL HOSPITAL", "PRCDTH Sepsis INFECTION"],
        Of("01-0001", V1.Dataset.Dd, "DDTESTCD", "DDORRES", "DDSTRESC"));

    [Fact]
    public void Encounters_have_stays_intensive_care_and_visits() => Assert.Equal(
        [
            "1 HOSPITAL INDEX PLANNED CART 2025-02-20 2025-03-20 -9 20",
            "2 INTENSIVE CARE UNIT INDEX PLANNED CART 2025-03-05T08:00:00+08:00 2025-03-06T09:00:00+08:00 5 6",
            "3 OUTPATIENT CLINIC - SCHEDULED 2025-04-10 2025-04-10 41 41",
        ],
        Of("01-0001", V1.Dataset.Ho, "HOSEQ", "HOTERM", "HOCAT", "HOSCAT", "HOSTDTC", "HOENDTC", "HOSTDY", "HOENDY"));

    [Fact]
    public void Every_item_of_a_questionnaire_has_a_row_and_one_that_was_not_filled_in_has_one()
    {
        var rows = Of("01-0001", V1.Dataset.Qs, "QSCAT", "QSTESTCD", "QSSTRESN", "QSSTAT", "QSREASND", "QSLOBXFL", "VISIT");

        Assert.Equal(31, rows.Count);
        Assert.Contains("EORTC QLQ-C30 V3.0 EOR0101 2 - - Y BASELINE", rows);
        Assert.Contains("EORTC QLQ-C30 V3.0 EOR0102 - NOT DONE - - BASELINE", rows);
        Assert.Contains("EQ-5D-5L QSALL - NOT DONE SUBJECT REFUSED - WEEK 4", rows);
    }

    [Fact]
    public void Scores_have_their_baseline_and_the_change_from_it()
    {
        var rows = Of("01-0001", V1.Dataset.Adqs, "PARAMCD", "AVISIT", "ADT", "ADY", "AVAL", "BASE", "CHG", "PCHG", "ABLFL", "ANL01FL");

        // 16 scores of each of two questionnaires.
        Assert.Equal(32, rows.Count);
        Assert.Contains("EOR0131 BASELINE 2025-02-20 -9 50 50 - - Y Y", rows);
        Assert.Contains("EOR0131 WEEK 4 2025-03-29 29 60.333333333 50 10.333333333 20.666666666 - Y", rows);
        Assert.Contains("EOR0132 WEEK 4 2025-03-29 29 - - - - - -", rows);
    }

    [Fact]
    public void Subjects_have_their_populations_and_how_they_ended() => Assert.Equal(
        [
            "01-0001 Y Y Y 2025-08-20 2025-08-28 - INFECTION DISCONTINUED 2025-08-28 DEATH 4 II Y -",
            "01-0002 Y Y N 2025-03-01 - - - ONGOING - - - - - -",
            "01-0003 N N N 2025-02-01 - - - DISCONTINUED 2025-02-01 NEVER DOSED - - - -",
            "01-0004 N N N 2025-01-12 - - - ONGOING - - - - - -",
            "02-0001 Y Y Y 2025-06-20 2025-06-21 D UNKNOWN DISCONTINUED - DEATH - - - 2025-05-10",
        ],
        All(V1.Dataset.Adsl, "SUBJID", "SAFFL", "FASFL", "EVALFL", "LSTALVDT", "DTHDT", "DTHDTF", "DTHCAUS", "EOSSTT", "EOSDT", "DCSREAS", "PRLINES", "RISSDX", "HRCYTO", "NACTDT"));

    [Fact]
    public void Times_end_with_an_event_or_tell_what_censored_them()
    {
        // 2025-03-01 is day 1: 03-31 is day 31, 05-30 day 91, 08-28 day 181.
        Assert.Equal(
            [
                "OS 181 0 2025-08-28 DEATH - DM -",
                "PFS 91 0 2025-05-30 DISEASE PROGRESSION - RS 2",
                "PFSMISS 91 0 2025-05-30 DISEASE PROGRESSION - RS 2",
                "PFSNACT 91 0 2025-05-30 DISEASE PROGRESSION - RS 2",
                "PFSNAMIS 91 0 2025-05-30 DISEASE PROGRESSION - RS 2",
                "RSD 61 0 2025-05-30 DISEASE PROGRESSION - RS 2",
                "TTCR 91 7 2025-05-30 - DISEASE PROGRESSION RS 2",
                "TTCRCONF 91 7 2025-05-30 - DISEASE PROGRESSION RS 2",
                "TTNT 181 8 2025-08-28 - DEATH DM -",
                "TTR 31 0 2025-03-31 FIRST RESPONSE (PR OR BETTER) - RS 1",
                "TTRCONF 91 7 2025-05-30 - DISEASE PROGRESSION RS 2",
            ],
            Of("01-0001", V1.Dataset.Adtte, "PARAMCD", "AVAL", "CNSR", "ADT", "EVNTDESC", "CNSDTDSC", "SRCDOM", "SRCSEQ"));
        Assert.Contains("OS 1 1 LAST KNOWN ALIVE ADSL", Of("01-0002", V1.Dataset.Adtte, "PARAMCD", "AVAL", "CNSR", "CNSDTDSC", "SRCDOM"));
        Assert.Contains("PFS 1 4 NO ADEQUATE ASSESSMENT AFTER INFUSION EX", Of("01-0002", V1.Dataset.Adtte, "PARAMCD", "AVAL", "CNSR", "CNSDTDSC", "SRCDOM"));
        Assert.DoesNotContain(Of("01-0002", V1.Dataset.Adtte, "PARAMCD"), code => code == "RSD");
        Assert.Empty(Of("01-0003", V1.Dataset.Adtte, "PARAMCD"));

        // New therapy on 05-10 (day 71) after complete response on 04-28 (day 59); the day of death is completed to 06-21 (day 113).
        var treated = Of("02-0001", V1.Dataset.Adtte, "PARAMCD", "AVAL", "CNSR");
        Assert.Contains("PFSNACT 59 5", treated);
        Assert.Contains("PFS 113 0", treated);
        Assert.Contains("TTNT 71 0", treated);
    }

    [Fact]
    public void Responses_for_analysis_are_recorded_confirmed_and_told_once()
    {
        Assert.Equal(
            [
                "ALGBOR - 0 NE - - - -",
                "BOR 2025-03-31 4 PR - Y Y -",
                "CBOR 2025-03-31 2 SD - Y Y -",
                "COVR 2025-03-31 2 SD - Y Y -",
                "COVR 2025-05-30 1 PD - Y Y -",
                "CRRSP - 0 N - - - -",
                "DEATH 2025-08-28 1 Y - Y - -",
                "LSTA 2025-05-30 1 PD - Y Y -",
                "OVR 2025-03-31 4 PR Y Y Y 1",
                "OVR 2025-05-30 1 PD Y Y Y 2",
                "PD 2025-05-30 1 Y - Y Y -",
                "RSP 2025-03-31 1 Y - Y Y -",
                "VGPRRSP - 0 N - - - -",
            ],
            Of("01-0001", V1.Dataset.Adrs, "PARAMCD", "ADT", "AVAL", "AVALC", "ANL01FL", "ANL02FL", "ANL03FL", "SRCSEQ"));

        // Of two assessments of one day the worse counts.
        Assert.Equal(
            ["OVR CR - 1", "OVR VGPR Y 2", "OVR CR Y 3"],
            Of("02-0001", V1.Dataset.Adrs, "PARAMCD", "AVALC", "ANL01FL", "SRCSEQ").Where(row => row.StartsWith("OVR", StringComparison.Ordinal)));
        Assert.Contains("CBOR MISSING", Of("01-0002", V1.Dataset.Adrs, "PARAMCD", "AVALC"));
    }

    [Fact]
    public void A_cutoff_takes_away_what_happened_after_it()
    {
        var cutoff = new DateOnly(2025, 3, 3);

        Assert.Equal(
            [
                "Rash NOT RECOVERED/NOT RESOLVED - ONGOING 2025-03-03",
                "Chill RECOVERED/RESOLVED 2025-02-21 - -",
                "Fever NOT RECOVERED/NOT RESOLVED - ONGOING 2025-03-03",
            ],
            Of("01-0001", V1.Dataset.Ae, cutoff, "AETERM", "AEOUT", "AEENDTC", "AEENRTPT", "AEENTPT"));
        Assert.Contains(
            "Sepsis N NOT RECOVERED/NOT RESOLVED - - - ONGOING",
            Of("01-0001", V1.Dataset.Ae, new DateOnly(2025, 8, 25), "AETERM", "AESER", "AEOUT", "AESDTH", "AETOXGR", "AEENDTC", "AEENRTPT"));
        Assert.Equal(["- - ONGOING 2025-03-03"], Of("01-0001", V1.Dataset.Adsl, cutoff, "DTHFL", "DTHDT", "EOSSTT", "LSTALVDT"));
        Assert.Contains("OS 3 2 DATA CUT-OFF", Of("01-0001", V1.Dataset.Adtte, cutoff, "PARAMCD", "AVAL", "CNSR", "CNSDTDSC"));
        Assert.Empty(Of("01-0001", V1.Dataset.Rs, cutoff, "RSSEQ"));
        Assert.Equal(["2025-02-20 -", "2025-03-05T08:00:00+08:00 -"], Of("01-0001", V1.Dataset.Ho, new DateOnly(2025, 3, 5), "HOSTDTC", "HOENDTC"));
        Assert.Empty(RichStudy.Make().Rows(V1.Dataset.Dm, new DateOnly(2025, 1, 1)));
    }

    [Fact]
    public void Who_was_lost_and_then_seen_again_goes_on()
    {
        static FollowUp Told(FollowUp.Types.Status status, string date) => new() { Status = status, StatusDate = date, LastKnownAliveDate = date };
        var study = new MadeStudy()
            .Infused("01-0001", Told(FollowUp.Types.Status.LostToFollowUp, "2025-05-02"), Told(FollowUp.Types.Status.Ongoing, "2025-07-02"))
            .Infused("01-0002", Told(FollowUp.Types.Status.Ongoing, "2025-04-02"), Told(FollowUp.Types.Status.LostToFollowUp, "2025-05-02"))
            .Infused(
                "01-0003",
                Told(FollowUp.Types.Status.LostToFollowUp, "2025-05-02"),
                Told(FollowUp.Types.Status.Ongoing, "2025-07-02"),
                Told(FollowUp.Types.Status.LostToFollowUp, "2025-09-02"));
        IEnumerable<string> Ends(DateOnly? cutoff) => study.Rows(V1.Dataset.Adsl, cutoff).Select(row => row.Of("EOSSTT", "EOSDT", "DCSREAS"));
        const string lost = "DISCONTINUED 2025-05-02 LOST TO FOLLOW-UP";

        Assert.Equal(["ONGOING - -", lost, "DISCONTINUED 2025-09-02 LOST TO FOLLOW-UP"], Ends(null));
        Assert.Equal([lost, lost, lost], Ends(new DateOnly(2025, 7, 1)));
    }

    [Fact]
    public void A_stay_that_ended_nobody_knows_when_does_not_go_on() => Assert.Equal(
        ["2025-05-01 - -", "2025-06-01 - ONGOING"],
        new MadeStudy()
            .Infused("01-0001", new HospitalStay { AdmissionDate = "2025-05-01" }, new HospitalStay { AdmissionDate = "2025-06-01", Ongoing = true })
            .Rows(V1.Dataset.Ho).Select(row => row.Of("HOSTDTC", "HOENDTC", "HOENRTPT")));

    private static IReadOnlyList<string> All(V1.Dataset dataset, params string[] names) => [.. RichStudy.Make().Rows(dataset).Select(row => row.Of(names))];

    private static IReadOnlyList<string> Of(string participant, V1.Dataset dataset, params string[] names) => Of(participant, dataset, null, names);

    private static IReadOnlyList<string> Of(string participant, V1.Dataset dataset, DateOnly? cutoff, params string[] names) =>
        [.. RichStudy.Make().Rows(dataset, cutoff).Where(row => row.Of("USUBJID").EndsWith(participant, StringComparison.Ordinal)).Select(row => row.Of(names))];
}
