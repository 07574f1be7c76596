using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Testing;
using Npgsql;

namespace Equecel.Analytics.Tests.Dossiers;

[Collection(IngestionServers.Name)]
public sealed class DossierIndexTests(TestPostgres postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dossiers_are_read_in_the_order_of_the_index(bool withHistory)
    {
        await using var database = await CreateAsync();

        var select = withHistory ? DossierRows.SelectWithHistory("participant <> ''") : DossierRows.Select("participant <> ''");
        var plan = await ReadAsync(database, $"explain (costs off) {select}");
        Assert.Contains(plan, line => line.Contains("Index Scan using record_versions_dossiers", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_dossiers_of_some_participants_are_found_by_the_index()
    {
        await using var database = await CreateAsync();

        var plan = await ReadAsync(database, $"explain (costs off) {DossierRows.Select("""participant collate "C" = any('{01-0001,01-0002}')""")}");
        Assert.Contains(plan, line => line.Contains("Index Cond: ((participant)::text = ANY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_of_before_gets_the_index()
    {
        await using var database = await CreateAsync(
            "drop index record_versions_dossiers; create index record_versions_participant on record_versions (participant);");

        Assert.Equal(
            ["record_versions_dossiers"], await ReadAsync(database, "select indexname from pg_indexes where tablename = 'record_versions' and indexdef like '%participant%'"));
    }

    private async Task<NpgsqlDataSource> CreateAsync(string? before = null)
    {
        var connection = await postgres.CreateDatabaseAsync();
        var schema = new AnalyticsSchema(connection);
        await schema.CreateAsync(CancellationToken.None);
        if (before is not null)
        {
            await using var migration = NpgsqlDataSource.Create(connection);
            await using var command = migration.CreateCommand(before);
            await command.ExecuteNonQueryAsync();
            await schema.CreateAsync(CancellationToken.None);
        }

        return AnalyticsDatabase.Open(connection);
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
        {
            lines.Add(rows.GetString(0));
        }

        return lines;
    }
}
