using Equecel.Records.Store;
using Npgsql;

namespace Equecel.Records.Deriving;

/// <summary>How far another service's feed has been followed.</summary>
internal sealed class FeedPosition(RecordDatabase database)
{
    /// <summary>The token to resume from; empty for a feed that has not been followed yet.</summary>
    public async Task<string> ReadAsync(string service, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand("select resume_token from feed_positions where service = $1", connection)
        {
            Parameters = { new() { Value = service } },
        };
        return (string?)await command.ExecuteScalarAsync(cancellation) ?? "";
    }

    /// <summary>Stores a token. One that is lost in a crash only derives again what was derived.</summary>
    public async Task StoreAsync(string service, string resumeToken, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "insert into feed_positions (service, resume_token) values ($1, $2) on conflict (service) do update set resume_token = excluded.resume_token",
            connection)
        {
            Parameters = { new() { Value = service }, new() { Value = resumeToken } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
