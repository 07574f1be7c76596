using Equecel.Client;
using Equecel.EndToEnd.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;

namespace Equecel.EndToEnd.Tests;

/// <summary>An import during which something is killed, sent again: the final state is that of an import in peace.</summary>
[Collection(SharedDisruptions.Name)]
[TestCaseOrderer(AsWritten.Name, AsWritten.Assembly)]
public sealed class DisruptionTests(DisruptedPlatform disrupted)
{
    private static readonly string[] Victims = ["enrolment", "assessment", "safety", "questionnaire", "analytics", "gateway", "identity", "messaging", "postgres", "cache"];

    public static TheoryData<string> Parts => [.. Victims];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Nothing_is_lost_or_doubled_when_this_is_killed_during_an_import(string victim)
    {
        var slice = Slice.Of(1 + Array.IndexOf(Victims, victim));
        using var site = disrupted.Platform.Client("site-01");
        Func<Task> recovered = () => Task.CompletedTask;
        async Task KillAsync() => recovered = await disrupted.Platform.KillAsync(victim);

        var inEnrolment = victim != "safety";
        await SendAsync(slice.Enrolment, rows => site.ImportAsync(rows), inEnrolment ? KillAsync : null);
        await SendAsync(slice.Safety, rows => site.ImportAsync(rows), inEnrolment ? null : KillAsync);
        await recovered();

        await IsThereAsync(site, slice);
        await disrupted.JournalsAreWitnessedAsync();
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_the_sender_is_killed_during_an_import()
    {
        var slice = Slice.Of(0);
        var lines = slice.Enrolment.Select(form => JsonFormatter.Default.Format(form)).ToList();
        var asSite = new Dictionary<string, string> { ["EQUECEL_CLIENT"] = "site-01" };
        using (var sender = CommandLine.Start(disrupted.Platform, asSite, "import", "-"))
        {
            foreach (var line in lines.Take(lines.Count / 2))
            {
                await sender.StandardInput.WriteLineAsync(line);
            }

            await sender.StandardInput.FlushAsync();
            Assert.NotNull(await sender.StandardOutput.ReadLineAsync());
            await Signal.SendAsync(sender.Id, "KILL");
            await sender.WaitForExitAsync();
        }

        var file = Path.Combine(disrupted.Platform.Folder, "slice.jsonl");
        await File.WriteAllLinesAsync(file, lines);
        var again = await CommandLine.RunAsync(disrupted.Platform, asSite, "import", file);

        Assert.True(again.ExitCode == 0, again.ToString());
        using var site = disrupted.Platform.Client("site-01");
        await SendAsync(slice.Safety, rows => site.ImportAsync(rows), null);
        await IsThereAsync(site, slice);
        await disrupted.JournalsAreWitnessedAsync();
    }

    [Fact]
    public async Task The_study_comes_out_equal_to_R_whatever_was_killed_before()
    {
        var demo = await CommandLine.RunAsync(disrupted.Platform, "demo");
        Assert.True(demo.ExitCode == 0, demo.ToString());
        Assert.Contains("Equal to R: all 82 figures", demo.Output, StringComparison.Ordinal);

        await disrupted.JournalsAreWitnessedAsync();
        var verified = await CommandLine.RunAsync(disrupted.Platform, "verify-journal");
        Assert.True(verified.ExitCode == 0, verified.ToString());
    }

    // Kills when the first row is saved and half of them are on their way.
    private static async Task SendAsync<T>(IReadOnlyList<T> rows, Func<IAsyncEnumerable<T>, IAsyncEnumerable<ImportVerdict>> send, Func<Task>? kill)
    {
        var firstSaved = new TaskCompletionSource();
        var count = 0;
        await foreach (var verdict in send(RowsAsync()))
        {
            Assert.True(verdict.Outcome is ImportOutcome.Saved or ImportOutcome.AlreadyThere, $"{verdict}");
            Assert.Equal(++count, verdict.Row);
            firstSaved.TrySetResult();
        }

        Assert.Equal(rows.Count, count);

        async IAsyncEnumerable<T> RowsAsync()
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (kill is not null && i == rows.Count / 2)
                {
                    await firstSaved.Task;
                    await kill();
                }

                yield return rows[i];
            }
        }
    }

    // Sent again nothing changes, and each form reads back as it was sent.
    private static async Task IsThereAsync(EquecelClient site, Slice slice)
    {
        var enrolled = await site.ImportAsync(slice.Enrolment.ToAsyncEnumerable()).ToListAsync();
        var dead = await site.ImportAsync(slice.Safety.ToAsyncEnumerable()).ToListAsync();
        Assert.All(enrolled.Concat(dead), verdict => Assert.Equal((ImportOutcome.AlreadyThere, 1), (verdict.Outcome, verdict.Version)));
        Assert.Equal(enrolled.Count, enrolled.Select(verdict => verdict.RecordId).Distinct().Count());

        var participants = slice.Enrolment.Select(form => form.Header.Participant).Where(code => code.Length > 0).Distinct().ToList();
        foreach (var participant in (string[])[participants[0], participants[participants.Count / 2], participants[^1]])
        {
            var records = (await site.Enrolment.ListRecordsAsync(new()
            {
                Participant = participant,
                Kinds = { "participation", "infusion", "follow_up" },
                IncludeRetracted = true,
            })).Records;
            var sent = slice.Enrolment.Where(form => form.Header.Participant == participant).ToList();
            Assert.Equal(sent.Count, records.Count);
            Assert.All(sent, form => Assert.Single(records, record =>
                record.Header.RequestId == form.Header.RequestId && Equals(record.Participation, form.Participation)
                && Equals(record.Infusion, form.Infusion) && Equals(record.FollowUp, form.FollowUp)));
        }
    }
}
