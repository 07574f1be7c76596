using System.Text.Json.Nodes;
using Npgsql;

namespace Equecel.Hostile.Tests.Running;

/// <summary>The journals of all capture services, read as the server's superuser.</summary>
internal sealed class Journals(string connectionString)
{
    private static readonly string[] Captures = [.. Rpc.All.Where(rpc => rpc.TakesForms).Select(rpc => rpc.Service).Distinct()];

    public static async Task<Journals> OpenAsync(Platform platform)
    {
        var secrets = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(platform.Folder, "secrets.json")))!;
        var address = await platform.AddressAsync("postgres", "tcp");
        return new($"Host=127.0.0.1;Port={address.Port};Username=postgres;Password={secrets["Parameters:postgres-password"]};Pooling=false");
    }

    /// <summary>Every version of a site's records that somebody sent; services add what they derive in their own time.</summary>
    public Task<List<(string RecordId, int Version)>> VersionsAsync(string site) =>
        ReadAsync($"select record_id, version from journal where site = '{site}' and client not like '%-service'", row => (row.GetGuid(0).ToString(), row.GetInt32(1)));

    /// <summary>Reads rows from all journals.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        var rows = new List<T>();
        foreach (var capture in Captures)
        {
            await using var connection = new NpgsqlConnection($"{connectionString};Database={capture}db");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                rows.Add(read(row));
            }
        }

        return rows;
    }
}
