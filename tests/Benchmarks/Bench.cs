using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks;

/// <summary>What the figures share: the plan, and one platform that is started and filled when the first of them needs it.</summary>
internal sealed class Bench(Plan plan) : IAsyncDisposable
{
    private PlatformProcess? platform;
    private bool filled;
    private bool isWholeStudy;

    /// <summary>How much is measured.</summary>
    public Plan Plan { get; } = plan;

    /// <summary>Where the platform lives.</summary>
    public PlatformHome Home { get; } = new();

    /// <summary>Number of the first participant of each site that has not been used.</summary>
    public int NextParticipant { get; private set; } = 1 + Plan.CohortParticipants;

    /// <summary>Gives the platform, ready, as it starts: without data.</summary>
    public async Task<PlatformProcess> GetPlatformAsync(CancellationToken cancellation)
    {
        if (platform is null)
        {
            Progress.Say("starting the platform");
            platform = PlatformProcess.Launch(Home);
        }

        await platform.WaitUntilReadyAsync(cancellation);
        return platform;
    }

    /// <summary>Gives the platform with a cohort of 10,000 that the study team sees.</summary>
    public async Task<PlatformProcess> GetStudyAsync(CancellationToken cancellation)
    {
        var study = await GetPlatformAsync(cancellation);
        if (!filled)
        {
            Progress.Say("sending a cohort of 10,000 participants");
            foreach (var site in SiteForms.Sites)
            {
                using var client = study.NewClient($"site-{site}", attempts: 5);
                await client.Enrolment.SubmitRecordAsync(SiteForms.Site(site), cancellationToken: cancellation);
            }

            await Imports.SendArchiveAsync(study, 1, Plan.CohortParticipants, cancellation);
            await Imports.SendDeathsAsync(study, 1, Plan.CohortParticipants, cancellation);
            filled = true;
        }

        await WaitUntilVisibleAsync(study, cancellation);
        return study;
    }

    /// <summary>Gives a platform with a whole synthetic study and nothing else, in the place of the one that there is.</summary>
    public async Task<PlatformProcess> GetWholeStudyAsync(CancellationToken cancellation)
    {
        if (!isWholeStudy)
        {
            await StopAsync();
            var empty = await GetPlatformAsync(cancellation);
            Progress.Say($"sending a whole synthetic study of {Plan.StudyParticipants} participants");
            await WholeStudy.SendAsync(empty, Plan.StudyParticipants, Plan.SettleTime, cancellation);
            isWholeStudy = true;
        }

        return await GetPlatformAsync(cancellation);
    }

    /// <summary>Sets numbers of participants aside.</summary>
    /// <param name="count">How many of each site.</param>
    /// <returns>The first of them.</returns>
    public int TakeParticipants(int count)
    {
        var first = NextParticipant;
        NextParticipant += count;
        return first;
    }

    /// <summary>Uses a platform that a figure has started in this home.</summary>
    public void Use(PlatformProcess started) => platform = started;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    // The next platform begins with nothing.
    private async Task StopAsync()
    {
        if (platform is not null)
        {
            Progress.Say("stopping the platform");
            await platform.DisposeAsync();
            (platform, filled, isWholeStudy) = (null, false, false);
        }

        Home.Dispose();
    }

    private static async Task WaitUntilVisibleAsync(PlatformProcess study, CancellationToken cancellation)
    {
        var postgres = await study.GetPostgresAsync(cancellation);
        using var team = new StudyTeam(study);
        await team.WaitForVersionsAsync(await postgres.CountVersionsAsync(cancellation), cancellation);
    }
}
