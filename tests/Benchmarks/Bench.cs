using Equecel.Benchmarks.Load;
using Equecel.Benchmarks.Report;
using Equecel.Benchmarks.Running;

namespace Equecel.Benchmarks;

/// <summary>What the figures share: the plan, and one platform that is started and filled when the first of them needs it.</summary>
internal sealed class Bench(Plan plan) : IAsyncDisposable
{
    private PlatformProcess? platform;
    private bool filled;

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
    public async ValueTask DisposeAsync()
    {
        if (platform is not null)
        {
            Progress.Say("stopping the platform");
            await platform.DisposeAsync();
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
