using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Driving;
using Equecel.Faults.Tests.Running;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>A platform from its first start to its end, and all that uses and examines it.</summary>
internal sealed class Era : IAsyncDisposable
{
    private Era(Platform platform, Load load)
    {
        (Platform, Load) = (platform, load);
        Examination = new Examination(platform, load);
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
    public static async Task<Era> BeginAsync(int seed, IReadOnlyDictionary<string, string>? programs = null)
    {
        var platform = await Platform.StartAsync(programs);
        return new Era(platform, await Load.PrepareAsync(platform, new Random(seed)));
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
