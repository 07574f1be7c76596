using Npgsql;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Store;

/// <summary>The last lock: the database itself judges every row, whatever the statement says.</summary>
public sealed class SitePoliciesTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private CaptureService service = null!;

    public async Task InitializeAsync()
    {
        service = await StartAsync(await postgres.CreateDatabaseAsync());
        await service.SaveAsync(Entry(participant: "01-0001"));
        await service.SaveAsync(Entry(participant: "02-0001"));
        await service.SaveAsync(Entry(participant: "02-0002"));
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Theory]
    [InlineData("{01}", 1)]
    [InlineData("{02}", 2)]
    [InlineData("{01,02}", 3)]
    [InlineData("{03}", 0)]
    [InlineData("{\"01,02\"}", 0)]
    [InlineData("{*}", 0)]
    [InlineData("{}", 0)]
    [InlineData("", 0)]
    public async Task The_services_role_sees_the_rows_of_the_sites_that_were_named(string sites, long count)
    {
        foreach (var table in (string[])["journal", "records"])
        {
            Assert.Equal(count, await service.AskAsServiceAsync<long>($"select set_config('app.sites', '{sites}', false); select count(*) from {table}", result: 2));
        }
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("records")]
    [InlineData("redactions")]
    public async Task Where_no_site_was_named_there_are_no_rows(string table) =>
        Assert.Equal(0L, await service.AskAsServiceAsync<long>($"select count(*) from {table}"));

    [Fact]
    public async Task A_row_of_another_site_cannot_be_added_or_altered()
    {
        const string Add = """
            insert into records (record_id, version, kind, participant, site, origin, state, form, hash, save_time)
            values (gen_random_uuid(), 1, 'follow_up', '02-0009', '02', 1, 1, '{}', '\x00', now())
            """;
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => service.AskAsServiceAsync<int>($"select set_config('app.sites', '{{01}}', false); {Add}"))).SqlState);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => service.AskAsServiceAsync<int>(Add))).SqlState);

        const string Alter = "with altered as (update records set state = 2 returning 1) select count(*) from altered";
        Assert.Equal(1L, await service.AskAsServiceAsync<long>($"select set_config('app.sites', '{{01}}', false); {Alter}", result: 2));
        Assert.Equal(2L, await service.AskAsync<long>("select count(*) from records where site = '02' and state = 1"));
    }

    [Theory]
    [InlineData("insert into audit_events (number, kind, event_time, actor, client, method, subject, detail, count, hash) values (1, 1, now(), '', '', '', '', '', 1, '')")]
    [InlineData("insert into records select * from records")]
    [InlineData("update records set state = 2")]
    [InlineData("delete from journal")]
    [InlineData("select redact_version(null, null, null, null, null, null, null)")]
    public async Task The_role_that_sees_all_sites_changes_nothing(string sql)
    {
        var reader = service.Database.Reader.ConnectionString;
        Assert.Equal(3L, await AskAsync<long>(reader, "select count(*) from journal"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => AskAsync<int>(reader, sql))).SqlState);
    }

    [Fact]
    public async Task A_batch_of_several_sites_is_saved_and_an_entry_of_a_site_that_was_not_judged_cannot_slip_in()
    {
        var outcomes = await service.Writer.SaveAsync([Entry(participant: "01-0005"), Entry(participant: "02-0005"), Entry(participant: "03-0005")]);

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Stored));
        Assert.Equal("01,02,03", await service.AskAsync<string>("select string_agg(site, ',' order by site) from records where participant like '%-0005'"));
    }
}
