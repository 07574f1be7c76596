using Equecel.Audit;
using Equecel.Records.V1;
using Google.Protobuf;
using Npgsql;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Proof;

public sealed class JournalVerifierTests(TestPostgres postgres) : IClassFixture<TestPostgres>
{
    [Fact]
    public async Task A_version_that_is_redacted_while_the_journal_is_checked_is_no_fault()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var service = await StartAsync(database);
        var first = Entry();
        await service.SaveAsync(first);
        await service.SaveAsync(Entry("2024-01-02", first.RecordId, version: 2, reason: "Typo"));

        // The check comes as far as the versions, and goes on to them when the redaction is there.
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var redaction = await connection.BeginTransactionAsync();
        await RunAsync("lock table records in access exclusive mode");
        var check = service.Verifier.VerifyAsync(CancellationToken.None).ToListAsync().AsTask();
        await Eventually.GetAsync(
            () => service.AskAsync<long>("select count(*) from pg_locks where not granted and relation = 'records'::regclass"), waiting => waiting == 1);
        await RunAsync(
            "select redact_version($1, 1, $2, '{}', $3, 'privacy-office', $4)",
            first.RecordId, service.Contract.Empty(first.Kind).ToByteArray(), new Redaction { Reason = "A name" }.ToByteArray(), Guid.NewGuid());
        await AuditLog.AppendAsync(
            connection, [new(new(AuditEventKind.Redacted, "somebody", "privacy-office", "", $"{first.RecordId}/1", "A name"), 1)], CancellationToken.None);
        await redaction.CommitAsync();

        Assert.Equal([(1, true, ""), (2, false, "")], (await check).Select(version => (version.Version, version.Redacted, version.Fault)));

        async Task RunAsync(string sql, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter { Value = value }));
            await command.ExecuteNonQueryAsync();
        }
    }
}
