using Npgsql;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

public sealed class JournalProtectionTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private CaptureService service = null!;

    public async Task InitializeAsync()
    {
        service = await StartAsync(await postgres.CreateDatabaseAsync());
        await service.SaveAsync(Entry());
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Theory]
    [InlineData("update journal set actor = 'somebody else'")]
    [InlineData("delete from journal")]
    [InlineData("truncate journal")]
    [InlineData("update journal set actor = 'somebody else' where false")]
    public async Task Nobody_alters_the_journal(string sql)
    {
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => service.AskAsServiceAsync<int>(sql))).SqlState);
        Assert.Equal("The journal is append-only.", (await Assert.ThrowsAsync<PostgresException>(() => service.AskAsync<int>(sql))).MessageText);
    }

    [Theory]
    [InlineData("delete from records")]
    [InlineData("truncate records")]
    [InlineData("delete from relay_positions")]
    [InlineData("drop table journal")]
    [InlineData("alter table journal disable trigger all")]
    [InlineData("create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'")]
    [InlineData("set role postgres")]
    [InlineData("create table mine (x int)")]
    public async Task The_services_role_has_no_more_rights_than_it_needs(string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => service.AskAsServiceAsync<int>(sql))).SqlState);

    [Theory]
    [InlineData("update journal set actor = 'somebody else' where version = 1", "content altered")]
    [InlineData("update journal set content = content || '\\x00' where version = 1", "content altered")]
    [InlineData("update journal set site = '02' where version = 1", "content altered")]
    [InlineData("update journal set save_time = save_time + interval '1 microsecond' where version = 1", "time or hash altered")]
    [InlineData("update journal set findings = '\\xff' where version = 1", "content altered")]
    [InlineData("alter table journal drop constraint journal_save_time_check; update journal set save_time = '4000-01-01 BC' where version = 1", "cannot be read")]
    [InlineData("alter table journal alter actor drop not null; update journal set actor = null where version = 1", "cannot be read")]
    [InlineData("alter table journal drop constraint journal_pkey, drop constraint journal_request_id_key; insert into journal overriding user value select * from journal where version = 1", "stands more than once")]
    [InlineData("delete from journal where version = 1", "version 1 is missing")]
    public async Task What_somebody_with_all_rights_altered_is_found(string sql, string fault)
    {
        var record = (await service.FeedAsync(Records.Store.JournalCursor.Start, 1))[0].Header.RecordId;
        await service.SaveAsync(Entry(record: Guid.Parse(record), version: 2, reason: "Typo"));
        await service.AskAsync<bool>($"alter table journal disable trigger all; {sql}; alter table journal enable trigger all; select true");

        Assert.Equal(fault, (await service.Verifier.VerifyAsync(CancellationToken.None).ToListAsync())[0].Fault);
    }

    [Fact]
    public async Task A_current_state_that_was_lost_is_made_anew_from_the_journal_at_the_next_start()
    {
        var record = (await service.SaveAsync(Entry("2024-01-01"))).Stored!.Header.RecordId;
        await service.SaveAsync(Entry("2024-01-02", record: Guid.Parse(record), version: 2, reason: "Typo"));
        await service.SaveAsync(Entry("2024-01-02", record: Guid.Parse(record), version: 3, reason: "Wrong", state: V1.RecordState.Retracted));
        const string state = "select string_agg(to_jsonb(r)::text, ' ' order by record_id) from records r";
        var before = await service.AskAsync<string>(state);
        var database = await service.AskAsync<string>("truncate records; select current_database()::text");

        await using var again = await StartAsync(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = database }.ConnectionString);

        Assert.Equal(before, await again.AskAsync<string>(state));
        Assert.All(await again.Verifier.VerifyAsync(CancellationToken.None).ToListAsync(), version => Assert.Equal("", version.Fault));
    }

    [Fact]
    public async Task A_second_start_on_the_same_database_changes_nothing()
    {
        var database = await service.AskAsync<string>("select current_database()::text");
        await using var again = await StartAsync(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = database }.ConnectionString);

        Assert.Equal(1L, await again.AskAsync<long>("select count(*) from journal"));
        Assert.NotNull((await again.SaveAsync(Entry())).Stored);
    }
}
