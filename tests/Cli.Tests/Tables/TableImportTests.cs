using System.Globalization;
using System.Text;
using Equecel.Common.V1;
using Equecel.Records.V1;

namespace Equecel.Cli.Tests.Tables;

public sealed class TableImportTests : ImportedTables
{
    private const string Site = "origin,site_code,name\nPROSPECTIVE,01,First\n";
    private const string FollowUps = "participant,origin,status,status_date\n01-0001,prospective,ongoing,2026/3/1\n01-0002,PROSPECTIVE,ONGOING,2026-03-01\n";

    [Fact]
    public async Task Tables_are_sent_in_order_and_each_row_has_its_verdict_beside_it()
    {
        var kinds = new List<string>();
        Platform.Enrolment.Import.Decide = message =>
        {
            kinds.Add(message.Row.FormCase.ToString());
            return null;
        };
        Write("follow_up", FollowUps);
        Write("site", Site);
        Write("death", "participant,origin,death_date\n01-0001,PROSPECTIVE,2026-01-01\n");

        var run = await ImportAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["Site", "FollowUp", "FollowUp"], kinds);
        Assert.Equal(1, Platform.Safety.Import.SavedCount);
        Assert.Equal(["2 SAVED", "3 SAVED"], Verdicts("follow_up").Select(line => $"{line["row"]} {line["verdict"]}"));
        Assert.All(Verdicts("site"), line => Assert.NotEqual("", line["record_id"]));
        Assert.Equal(3, run.Lines.Count(line => line.Contains('1', StringComparison.Ordinal) || line.Contains('2', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_folder_sent_again_changes_nothing_whatever_the_order_of_columns()
    {
        Write("follow_up", FollowUps);
        await ImportAsync();
        Write("follow_up", "status_date;status;participant;key;origin\n2026-03-01;ONGOING;01-0002;;PROSPECTIVE\n2026-03-01;ongoing;01-0001;;PROSPECTIVE\n");

        var run = await ImportAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.All(Verdicts("follow_up"), line => Assert.Equal("ALREADY_THERE", line["verdict"]));
        Assert.Equal(2, Platform.Enrolment.Import.SavedCount);
    }

    [Fact]
    public async Task A_row_with_a_key_keeps_its_request_id_when_it_is_corrected()
    {
        var ids = new List<string>();
        Platform.Enrolment.Import.Decide = message =>
        {
            ids.Add(message.Row.Header.RequestId);
            return null;
        };
        foreach (var row in new[] { "K1,ONGOING,,", "K1,OTHER,,", "K2,ONGOING,,", "K1,OTHER,0198c0de-0000-7000-8000-000000000001,1" })
        {
            Write("follow_up", $"participant,origin,key,status,record_id,expected_version\n01-0001,PROSPECTIVE,{row}\n");
            await ImportAsync();
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task Rows_are_numbered_as_a_spreadsheet_does_and_a_bad_one_stops_no_other()
    {
        Write("participation", "participant,origin,height_cm,comorbidities[0].term,comorbidities[1].term,consent_version\n"
            + "01-0001,PROSPECTIVE,tall,,Asthma,\"two\nlines\"\n"
            + ",,,,,\n\n"
            + "01-0002,PROSPECTIVE,162,,,[ND],too much\n"
            + "01-0003,PROSPECTIVE,162,Asthma,,[SICK]\n"
            + "01-0004,PROSPECTIVE,162,[ND],,[ND]\n"
            + "01-0005,PROSPECTIVE,162,Asthma,Gout,[ND]\n");

        var run = await ImportAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "2 REFUSED F02 height_cm", "2 REFUSED T04 comorbidities[1].term", "5 REFUSED T03 ", "6 REFUSED T02 consent_version",
                "7 REFUSED T02 comorbidities[0].term", "8 SAVED  ",
            ],
            Verdicts("participation").Select(line => $"{line["row"]} {line["verdict"]} {line["code"]} {line["field"]}").Order());
        Assert.Equal(1, Platform.Enrolment.Import.SavedCount);
        Assert.Contains("participation.verdicts.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_for_a_missing_value_goes_into_the_header_and_values_into_the_form()
    {
        Enrolment.V1.SubmitRecordRequest? sent = null;
        Platform.Enrolment.Import.Decide = message =>
        {
            sent = message.Row.Clone();
            return null;
        };
        Write("infusion", "participant,origin,batch_number,start_time,premedications,second_infusion\n01-0001,RETROSPECTIVE,[NAV],2025-03-10T09:30:00+08:00,ANTIPYRETIC; other,FALSE\n");

        await ImportAsync();

        Assert.Equal(("batch_number", MissingReason.NotAvailable), (sent!.Header.Missing[0].Field, sent.Header.Missing[0].Reason));
        Assert.False(sent.Infusion.HasBatchNumber);
        Assert.Equal(new DateTimeOffset(2025, 3, 10, 1, 30, 0, TimeSpan.Zero), sent.Infusion.StartTime.ToDateTimeOffset());
        Assert.Equal(2, sent.Infusion.Premedications.Count);
    }

    [Fact]
    public async Task What_the_service_finds_is_told_beside_what_is_wrong_with_the_cells()
    {
        Platform.Enrolment.Import.Decide = message => message.Row.Header.ValidateOnly
            ? new ImportVerdict
            {
                Outcome = ImportOutcome.Refused,
                ErrorReason = "INVALID_FIELDS",
                Findings = { new Finding { Code = "F01", Field = "height_cm" }, new Finding { Code = "F01", Field = "sex" }, new Finding { Code = "F01", Field = "header.origin", MessageZh = "必填项" } },
            }
            : null;
        Write("participation", "participant,height_cm\n01-0001,tall\n");

        await ImportAsync();

        Assert.Equal(["F02 height_cm", "F01 sex", "F01 origin"], Verdicts("participation").Select(line => $"{line["code"]} {line["field"]}"));
        Assert.Equal("必填项", Verdicts("participation")[2]["message_zh"]);
    }

    [Fact]
    public async Task A_refusal_with_an_English_sentence_alone_is_told_in_Chinese_as_well()
    {
        Platform.Enrolment.Import.Decide = message => message.Row.Header.Participant.Length == 0
            ? new ImportVerdict { Outcome = ImportOutcome.Refused, ErrorReason = "INVALID_FIELDS", Findings = { new Finding { Field = "header.participant", Message = "Required." } } }
            : new ImportVerdict { Outcome = ImportOutcome.Refused, ErrorReason = "FROZEN", ErrorMessage = "Frozen." };
        Write("participation", "participant,origin\n01-0001,PROSPECTIVE\n,PROSPECTIVE\n");

        await ImportAsync();

        Assert.Equal(["FROZEN ", "INVALID_FIELDS participant"], Verdicts("participation").Select(line => $"{line["code"]} {line["field"]}"));
        Assert.All(Verdicts("participation"), line => Assert.Contains(line["message_zh"], character => character > '\u4e00'));
    }

    [Fact]
    public async Task A_header_with_faults_is_refused_before_anything_is_sent()
    {
        Write("site", Site);
        Write("participation", "participant,hight_cm,comorbidities[0].trem,origin,origin\n01-0001,1,2,3,4\n");
        Write("deths", "participant\n");

        var run = await ImportAsync();

        Assert.Equal(2, run.ExitCode);
        foreach (var part in new[] { "'hight_cm'; the nearest is 'height_cm'", "'comorbidities[0].trem'; the nearest is 'comorbidities[0].term'", "'origin' is there 2 times", "nearest is death.csv" })
        {
            Assert.Contains(part, run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, Platform.Enrolment.Import.ReceivedCount);
    }

    [Fact]
    public async Task Where_the_form_has_a_reason_of_its_own_the_one_of_an_amendment_is_told()
    {
        Write("hospital_stay", "participant,origin,reason,reason\n01-0001,PROSPECTIVE,OTHER,Corrected\n");
        var twice = await ImportAsync();
        Platform.Safety.Import.Decide = _ => new ImportVerdict { Outcome = ImportOutcome.Refused, ErrorReason = "REQUEST_ID_REUSED" };
        Write("hospital_stay", "participant,origin,key,reason\n01-0001,PROSPECTIVE,S1,OTHER\n");

        await ImportAsync();

        Assert.Contains("the one for amendments is 'header.reason'", twice.Error, StringComparison.Ordinal);
        var verdict = Assert.Single(Verdicts("hospital_stay"));
        Assert.Contains("header.reason", verdict["message"], StringComparison.Ordinal);
        Assert.Contains("header.reason", verdict["message_zh"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("participant,origin\n01-0001,\"PROSPECTIVE\n01-0002,RETROSPECTIVE\n", "row 2: a quote opens")]
    [InlineData("participant,origin\n01-0001,\u00ff\n", "not UTF-8")]
    [InlineData("participant,origin\n", "no rows")]
    public async Task A_file_that_cannot_be_read_to_its_end_is_refused_before_anything_is_sent(string text, string part)
    {
        File.WriteAllBytes(Path.Combine(Folder, "participation.csv"), Encoding.Latin1.GetBytes(text));

        var run = await ImportAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Equal(0, Platform.Enrolment.Import.ReceivedCount);
    }

    [Fact]
    public async Task A_dry_run_saves_nothing_and_says_what_it_could_not_check()
    {
        Platform.Safety.Import.Decide = message => new ImportVerdict { Outcome = ImportOutcome.Refused, ErrorReason = "PARTICIPANT_UNKNOWN", ErrorMessage = "Unknown." };
        Write("participation", "participant,origin\n01-0001,PROSPECTIVE\n");
        Write("death", "participant,origin\n01-0001,PROSPECTIVE\n01-0002,PROSPECTIVE\n");

        var run = await ImportAsync("--dry-run");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("WOULD_SAVE", Verdicts("participation")[0]["verdict"]);
        Assert.Equal(["NOT_CHECKED", "REFUSED"], Verdicts("death").Select(line => line["verdict"]));
        Assert.Equal(0, Platform.Enrolment.Import.SavedCount);
    }

    [Fact]
    public async Task Many_rows_pass_with_few_on_their_way_also_when_the_stream_is_cut()
    {
        const int count = 20_000;
        Platform.Enrolment.Import.Cuts.Enqueue((7_000, new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "cut"))));
        var text = new StringBuilder("participant,origin,status\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"01-{i:00000},PROSPECTIVE,{(i % 100 == 0 ? "nonsense" : "ONGOING")}\n");
        }

        Write("follow_up", text.ToString());

        var run = await ImportAsync("--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"\"refused\":{count / 100}", run.Output, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, count).Select(row => row.ToString(CultureInfo.InvariantCulture)), Verdicts("follow_up").Select(line => line["row"]));
        Assert.Equal(count - (count / 100), Platform.Enrolment.Import.SavedCount);
    }

    [Fact]
    public async Task A_template_is_made_once_and_its_empty_tables_are_nothing_to_send()
    {
        var tables = Path.Combine(Folder, "new");

        var made = await CommandLineRun.RunAsync(Platform, "template", tables);
        var again = await CommandLineRun.RunAsync(Platform, "template", tables);
        var sent = await CommandLineRun.RunAsync(Platform, "import", tables);

        Assert.Equal((0, 2, 2), (made.ExitCode, again.ExitCode, sent.ExitCode));
        Assert.Contains("already", again.Error, StringComparison.Ordinal);
        Assert.Contains("no rows", sent.Error, StringComparison.Ordinal);
        // Whose site is registered sends the example as it is.
        Assert.False(File.Exists(Path.Combine(tables, "example", "site.csv")));
        Assert.True(File.Exists(Path.Combine(tables, "example", "new-site", "site.csv")));
        Assert.Contains("Height in centimetres, 100 to 220.", await File.ReadAllTextAsync(Path.Combine(tables, "dictionary.html")), StringComparison.Ordinal);
        Assert.Contains("Height in centimetres, 100 to 220.", await File.ReadAllTextAsync(Path.Combine(tables, "dictionary.csv")), StringComparison.Ordinal);
    }
}
