using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Equecel.Audit;

/// <summary>Signs the audit trail of a service that has no journal.</summary>
public sealed class AuditCheckpointer(
    IAuditDatabase database, CheckpointFile file, IConfiguration configuration, TimeProvider time, ILogger<AuditCheckpointer> logger)
    : CheckpointSigner<AuditCheckpoint>(database, file, configuration, logger)
{
    private readonly IAuditDatabase trail = database;
    private readonly string service = file.Service;

    /// <inheritdoc/>
    protected override async Task<AuditCheckpoint?> FindNextAsync(AuditCheckpoint? last, CancellationToken cancellation)
    {
        await using var connection = await trail.OpenAsync(cancellation);
        var (number, hash) = await AuditTrail.HeadAsync(connection, cancellation);
        return (number, hash) == (last?.AuditEvents ?? 0, last?.AuditHash ?? "") ? null : new AuditCheckpoint
        {
            Number = (last?.Number ?? 0) + 1,
            Service = service,
            Time = time.GetUtcNow(),
            AuditEvents = number,
            AuditHash = hash,
            Previous = last?.LineHash ?? "",
        };
    }
}
