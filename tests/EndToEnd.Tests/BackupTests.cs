using System.Text.Json.Nodes;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.EndToEnd.Tests.Running;
using Grpc.Core;

namespace Equecel.EndToEnd.Tests;

/// <summary>The restore drill: backup, saves, a restore to an instant between two of them, and the platform goes on.</summary>
[Collection(OperatedPlatform.Name)]
public sealed class BackupTests(DisruptedPlatform disrupted)
{
    private Platform Platform => disrupted.Platform;

    [Fact]
    public async Task The_drill()
    {
        var backup = Path.Combine(Platform.Folder, "backup");
        var slice = Slice.Of(2);
        using var site = Platform.Client("site-01");
        await site.ImportAsync(slice.Enrolment.Take(slice.Enrolment.Count / 2).ToAsyncEnumerable()).CountAsync();

        var made = await Platform.EquecelAsync("backup", backup, "--prune", "--json");
        Assert.True(made.ExitCode == 0, made.ToString());
        var complete = (DateTimeOffset)JsonNode.Parse(made.Output)!["completeTime"]!;

        // Saved after the backup and before the instant; and after the instant.
        await site.ImportAsync(slice.Enrolment.ToAsyncEnumerable()).CountAsync();
        await site.ImportAsync(slice.Safety.ToAsyncEnumerable()).CountAsync();
        var kept = await site.Enrolment.SubmitRecordAsync(Participation("01-9101"));
        await disrupted.JournalsAreWitnessedAsync();
        var (records, curve) = (await disrupted.RecordsAsync(), await disrupted.CurveAsync());
        var instant = DateTimeOffset.UtcNow;
        var undone = await site.Enrolment.SubmitRecordAsync(Participation("01-9102"));
        var token = (await site.WatchEnrolmentAsync(untilCaughtUp: true).LastAsync()).ResumeToken;
        await disrupted.JournalsAreWitnessedAsync();
        Assert.InRange(instant, kept.Header.SaveTime.ToDateTimeOffset(), undone.Header.SaveTime.ToDateTimeOffset());

        await AreRefusedAsync(backup, complete, instant);
        Assert.Equal(0, await Platform.StopHostAsync());
        await AreRefusedWhenStoppedAsync(backup, complete, instant);
        var restored = await Platform.EquecelAsync("restore", backup, "--to", $"{instant:O}", "--force", "--json");
        Assert.True(restored.ExitCode == 0, restored.ToString());
        Assert.True(File.Exists(Path.Combine((string)JsonNode.Parse(restored.Output)!["putAside"]!, "PG_VERSION")));
        await Platform.StartHostAsync();

        await disrupted.JournalsAreWitnessedAsync();
        Assert.Equal(records, await disrupted.RecordsAsync());
        Assert.Equal(curve, await disrupted.CurveAsync());
        await IsSoundAsync();
        await WhatIsUndoneBehindTheBackIsToldAsync();
        using var after = Platform.Client("site-01");
        var lost = await Assert.ThrowsAsync<RpcException>(async () => await after.Enrolment.GetRecordAsync(new() { RecordId = undone.Header.RecordId }));
        Assert.Equal(StatusCode.NotFound, lost.StatusCode);

        // Who has a position in what is no more is told everything that is saved from now on.
        var next = await after.Enrolment.SubmitRecordAsync(Participation("01-9102"));
        Assert.Contains(next.Header.RecordId, await after.WatchEnrolmentAsync(token, untilCaughtUp: true).Select(change => change.Record?.Header.RecordId).ToListAsync());
        await disrupted.JournalsAreWitnessedAsync();
        await EverythingComesBackAsync(backup);
    }

    /// <summary>Who puts old databases back by hand, all of them at once, leaves the checkpoints as they were signed.</summary>
    private async Task WhatIsUndoneBehindTheBackIsToldAsync()
    {
        var file = Path.Combine(Platform.Folder, "checkpoints", "enrolment.checkpoints");
        var (kept, signed) = (await File.ReadAllTextAsync(file), Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!, "enrolment.checkpoints.before-*")));
        await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(signed));

        var verified = await Platform.EquecelAsync("verify-journal", "--service", "enrolment");

        await File.WriteAllTextAsync(file, kept);
        Assert.True(verified.ExitCode == 1, verified.ToString());
        Assert.Matches("enrolment checkpoint [0-9]+: covers [0-9]+ versions, of which [0-9]+ are there", verified.Output);
        await IsSoundAsync();
    }

    /// <summary>The databases are lost, and the archive is not.</summary>
    private async Task EverythingComesBackAsync(string backup)
    {
        var (records, curve) = (await disrupted.RecordsAsync(), await disrupted.CurveAsync());
        Assert.Equal(0, await Platform.StopHostAsync());
        Directory.Delete(Path.Combine(Platform.Folder, "postgres", "data"), recursive: true);

        var restored = await Platform.EquecelAsync("restore", backup);

        Assert.True(restored.ExitCode == 0, restored.ToString());
        Assert.Contains("Restored everything that was known", restored.Output, StringComparison.Ordinal);
        await Platform.StartHostAsync();
        await disrupted.JournalsAreWitnessedAsync();
        Assert.Equal(records, await disrupted.RecordsAsync());
        Assert.Equal(curve, await disrupted.CurveAsync());
        await IsSoundAsync();
    }

    private async Task AreRefusedAsync(string backup, DateTimeOffset complete, DateTimeOffset instant)
    {
        Assert.True(complete < instant);
        await IsRefusedAsync("is not empty", "backup", backup);
        await IsRefusedAsync("Stop it, then restore", "restore", backup, "--force");
        await IsRefusedAsync("holds no databases of the platform", "backup", backup + "2", "--data", backup);
    }

    private async Task AreRefusedWhenStoppedAsync(string backup, DateTimeOffset complete, DateTimeOffset instant)
    {
        await IsRefusedAsync("does not run", "backup", backup + "2");
        await IsRefusedAsync("holds no whole backup", "restore", Platform.Folder, "--force");
        await IsRefusedAsync("With --force", "restore", backup, "--to", $"{instant:O}");
        await IsRefusedAsync("Restore an older backup", "restore", backup, "--force", "--to", $"{complete.AddMinutes(-1):O}");
        await IsRefusedAsync("Leave --to out", "restore", backup, "--force", "--to", $"{DateTimeOffset.UtcNow.AddDays(1):O}");
        Assert.False(Directory.Exists(Path.Combine(Platform.Folder, "postgres", "data.next")));
    }

    private async Task IsRefusedAsync(string part, params string[] args)
    {
        var run = await Platform.EquecelAsync(args);
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    private async Task IsSoundAsync()
    {
        var verified = await Platform.EquecelAsync("verify-journal");
        Assert.True(verified.ExitCode == 0, verified.ToString());
    }

    private static SubmitRecordRequest Participation(string participant) => new()
    {
        Header = new() { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = DataOrigin.Prospective },
        Participation = StudyPlatform.ParticipationForm(),
    };
}
