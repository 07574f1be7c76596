using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>A platform from its first start to its end, and all that uses and examines it.</summary>
internal sealed class Era : IAsyncDisposable
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(100);

    private Era(Platform platform, Load load, TimeSpan patience)
    {
        (Platform, Load) = (platform, load);
        Examination = new Examination(platform, load) { Patience = patience };
    }

    /// <summary>The platform.</summary>
    public Platform Platform { get; }

    /// <summary>What uses it.</summary>
    public Load Load { get; }

    /// <summary>Who examines it.</summary>
    public Examination Examination { get; }

    /// <summary>Begins one.</summary>
    /// <param name="seed">What the load is drawn from.</param>
    /// <param name="programs">Other builds of services: folders by name.</param>
    /// <param name="patience">How long the platform may take to settle after a round; when not given, longer than it should ever need.</param>
    public static async Task<Era> BeginAsync(int seed, IReadOnlyDictionary<string, string>? programs = null, TimeSpan? patience = null)
    {
        var platform = await Platform.StartAsync(programs);
        return new Era(platform, await Load.PrepareAsync(platform, new Random(seed)), patience ?? UsualPatience);
    }

    /// <summary>Keeps what explains a violation: the history and the logs.</summary>
    /// <param name="folder">Where to.</param>
    public void KeepEvidence(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Platform.Folder).Where(file => Path.GetExtension(file) is ".log" or ".jsonl"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
