using Equecel.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.Audit;

/// <summary>Signs every few minutes, and once more at the end, what a service holds; nothing when nothing was added.</summary>
/// <typeparam name="TCheckpoint">What is signed.</typeparam>
public abstract class CheckpointSigner<TCheckpoint> : BackgroundService
    where TCheckpoint : AuditCheckpoint
{
    private readonly IAuditDatabase database;
    private readonly CheckpointFile file;
    private readonly ILogger logger;
    private readonly TimeSpan interval;
    private readonly SemaphoreSlim making = new(1);
    private TCheckpoint? last;
    private bool lastIsKnown;

    /// <summary>Makes it ready; nothing is signed yet.</summary>
    /// <param name="database">The service's database.</param>
    /// <param name="file">Where checkpoints are kept.</param>
    /// <param name="configuration">Says how often, <c>Records:CheckpointInterval</c>: every five minutes when not given.</param>
    /// <param name="logger">Is told when none could be signed.</param>
    protected CheckpointSigner(IAuditDatabase database, CheckpointFile file, IConfiguration configuration, ILogger logger)
    {
        (this.database, this.file, this.logger) = (database, file, logger);
        interval = configuration.GetValue("Records:CheckpointInterval", TimeSpan.FromMinutes(5));
    }

    /// <summary>Makes a checkpoint of what was added since the last one; null when that is nothing.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<TCheckpoint?> MakeAsync(CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation);
        try
        {
            return await SignNextAsync(cancellation);
        }
        finally
        {
            making.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        making.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the next one says; null when nothing was added.</summary>
    /// <param name="last">The last one; null before the first.</param>
    /// <param name="cancellation">Ends it.</param>
    protected abstract Task<TCheckpoint?> FindNextAsync(TCheckpoint? last, CancellationToken cancellation);

    /// <summary>Is told which is the last one.</summary>
    /// <param name="known">The last one; null before the first.</param>
    protected virtual void Tell(TCheckpoint? known)
    {
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!file.IsKept)
        {
            logger.LogWarning("No checkpoints are signed: Records:CheckpointPath names no folder. That the end of what is kept was not cut off does not show here");
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(stoppingToken);
            await Task.Delay(interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await TryAsync(limit.Token);
    }

    private async Task<TCheckpoint?> SignNextAsync(CancellationToken cancellation)
    {
        using var key = file.OpenKey();
        if (!lastIsKnown)
        {
            file.CutUnfinishedLine();
            last = file.Lines().Select(line => AuditCheckpoint.Find<TCheckpoint>(line, key)).LastOrDefault(known => known is not null);
            Tell(last);
            lastIsKnown = true;
        }

        if (await FindNextAsync(last, cancellation) is not { } next)
        {
            return null;
        }

        var line = next.ToLine(key);
        file.Append(line);
        last = next with { LineHash = AuditCheckpoint.HashOf(line) };
        Tell(last);
        return last;
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await database.WaitUntilMigratedAsync(cancellation);
            await MakeAsync(cancellation);
        }
        catch (Exception e)
        {
            // Whatever it was, the next one covers what this one would have.
            if (!cancellation.IsCancellationRequested)
            {
                var name = BackgroundFailure.Count("checkpoint", e);
                logger.LogWarning("No checkpoint was signed: {Failure}", e is InvalidDataException ? e.Message : name);
            }
        }
    }
}
