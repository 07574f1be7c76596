using System.Text.Json;
using Equecel.Client.Tests.Peer;
using Google.Protobuf;

namespace Equecel.Cli.Tests.VerifyJournal;

public sealed class VerifyJournalCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        foreach (var (record, version) in new[] { ("a", 1), ("a", 2), ("b", 1), ("c", 1) })
        {
            Journal(record, version);
            Witness(record, version);
        }
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_journal_as_it_was_saved_is_good()
    {
        var run = await CommandLineRun.RunAsync(platform, "verify-journal");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing was altered and nothing is lost.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_the_service_finds_altered_is_a_fault()
    {
        platform.Enrolment.Journal[2].Fault = "content altered";

        Assert.Equal((1, "enrolment b v1: content altered"), await FaultAsync());
    }

    [Fact]
    public async Task The_journals_of_Assessment_and_Questionnaire_are_verified_as_well()
    {
        platform.Assessment.Journal.Add(new() { RecordId = "e", Version = 1, Hash = Hash("e", 1), Fault = "content altered" });
        platform.Questionnaire.Journal.Add(new() { RecordId = "q", Version = 1, Hash = Hash("q", 1), Fault = "content altered" });

        var run = await CommandLineRun.RunAsync(platform, "verify-journal");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("assessment e v1: content altered", run.Output, StringComparison.Ordinal);
        Assert.Contains("questionnaire q v1: content altered", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_event_of_Analytics_that_was_altered_is_a_fault()
    {
        platform.Analytics.UnsoundEvents.Add(new() { AuditEvent = 7, Fault = "event altered" });

        var run = await CommandLineRun.RunAsync(platform, "verify-journal");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("analytics audit event 7: event altered", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_off_end_of_the_audit_events_of_Analytics_is_a_fault()
    {
        platform.Analytics.UnsoundEvents.Add(new() { Checkpoint = 1 });
        platform.Analytics.UnsoundEvents.Add(new() { Checkpoint = 2, Fault = "covers 5 audit events, of which the last is not there" });

        var run = await CommandLineRun.RunAsync(platform, "verify-journal", "--service", "analytics");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("analytics checkpoint 2: covers 5 audit events, of which the last is not there", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("checkpoint 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_with_another_hash_than_was_witnessed_is_a_fault()
    {
        platform.Enrolment.Journal[1].Hash = ByteString.CopyFromUtf8("other");

        Assert.Equal((1, "enrolment a v2: differs from what Analytics witnessed"), await FaultAsync());
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_a_fault()
    {
        platform.Enrolment.Journal.RemoveAt(1);

        Assert.Equal((1, "enrolment a v2: was witnessed by Analytics, and is lost from the journal"), await FaultAsync());
    }

    [Fact]
    public async Task A_record_that_was_taken_out_whole_is_a_fault()
    {
        platform.Enrolment.Journal.RemoveAt(3);

        Assert.Equal((1, "enrolment c v1: was witnessed by Analytics, and is lost from the journal"), await FaultAsync());
    }

    [Fact]
    public async Task What_was_saved_while_the_journal_was_read_is_not_lost()
    {
        Witness("d", 1);
        platform.Enrolment.OnGet = request => new()
        {
            Header = new() { RecordId = request.RecordId, Version = request.Version, Hash = Hash(request.RecordId, request.Version) },
        };

        Assert.Equal(0, (await CommandLineRun.RunAsync(platform, "verify-journal")).ExitCode);
    }

    [Fact]
    public async Task What_is_not_witnessed_yet_is_no_fault()
    {
        Journal("d", 1);

        var run = await CommandLineRun.RunAsync(platform, "verify-journal", "--json");

        var enrolment = JsonDocument.Parse(run.Output).RootElement.GetProperty("services")[0];
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, enrolment.GetProperty("notYetWitnessedCount").GetInt64());
        Assert.Equal(5, enrolment.GetProperty("versionCount").GetInt64());
        Assert.Equal(4, enrolment.GetProperty("witnessedCount").GetInt64());
    }

    [Fact]
    public async Task Versions_out_of_order_are_not_taken_for_a_proof()
    {
        Journal("a", 3);

        var run = await CommandLineRun.RunAsync(platform, "verify-journal");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("out of order at a v3", run.Error, StringComparison.Ordinal);
    }

    private static ByteString Hash(string record, int version) => ByteString.CopyFromUtf8($"{record}{version}");

    private void Journal(string record, int version) =>
        platform.Enrolment.Journal.Add(new() { RecordId = record, Version = version, Hash = Hash(record, version) });

    private void Witness(string record, int version) =>
        platform.Analytics.Witnessed["enrolment"].Add(new() { RecordId = record, Version = version, Hash = Hash(record, version) });

    private async Task<(int ExitCode, string Fault)> FaultAsync()
    {
        var run = await CommandLineRun.RunAsync(platform, "verify-journal");
        return (run.ExitCode, Assert.Single(run.Lines, line => line.StartsWith("enrolment ", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal)));
    }
}
