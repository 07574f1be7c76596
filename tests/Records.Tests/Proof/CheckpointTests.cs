using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Proof;

public sealed class CheckpointTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("equecel-checkpoints-").FullName;
    private string database = null!;
    private CaptureService service = null!;
    private JournalSaves saves = null!;

    public async Task InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        service = await StartAsync(database, checkpoints: folder);
        saves = new JournalSaves(service);
        await saves.AddAsync(3);
        await CheckpointAsync();
        await saves.AddAsync(2);
        await CheckpointAsync();
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_signed_holds_while_nothing_is_altered_and_the_journal_goes_on()
    {
        await saves.AddAsync(1);

        Assert.Equal(["1 ", "2 "], await VerifyAsync());
        Assert.Equal([3L, 5L], service.CheckpointFile.Lines().Select(line => Records.Proof.Checkpoint.Find(line, service.CheckpointFile.OpenKey())!.Versions));
    }

    [Fact]
    public async Task Nothing_is_signed_when_nothing_was_added()
    {
        Assert.Null(await service.Checkpointer.MakeAsync(CancellationToken.None));
        Assert.Equal(2, service.CheckpointFile.Lines().Count());
    }

    [Theory]
    [InlineData("delete from journal where seq = (select max(seq) from journal)", "1 ", "2 covers 2 versions, of which 1 are there")]
    [InlineData("delete from journal where seq = (select min(seq) from journal)", "1 covers 3 versions, of which 2 are there", "2 ")]
    [InlineData("delete from journal", "1 covers 3 versions, of which 0 are there", "2 covers 2 versions, of which 0 are there")]
    [InlineData("update journal set hash = sha256('x') where seq = (select max(seq) from journal)", "1 ", "2 the versions that it covers are not those that were signed")]
    [InlineData("update journal set seq = default, xid = pg_current_xact_id() where seq = (select max(seq) from journal)", "1 ", "2 covers 2 versions, of which 1 are there")]
    public async Task What_somebody_with_all_rights_in_the_database_altered_is_found(string sql, string first, string second)
    {
        await service.AskAsync<bool>($"alter table journal disable trigger all; {sql}; alter table journal enable trigger all; select true");

        Assert.Equal([first, second], await VerifyAsync());
    }

    [Fact]
    public async Task A_line_that_was_altered_left_out_or_signed_by_somebody_else_is_found()
    {
        var lines = File.ReadAllLines(service.CheckpointFile.Path);
        File.WriteAllLines(service.CheckpointFile.Path, [lines[0].Replace("\"versions\":3", "\"versions\":2", StringComparison.Ordinal), lines[1]]);
        Assert.Equal(["1 the signature does not hold", "2 does not follow checkpoint 0"], await VerifyAsync());

        File.WriteAllLines(service.CheckpointFile.Path, [lines[1]]);
        Assert.Equal(["2 does not follow checkpoint 0"], await VerifyAsync());

        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        File.WriteAllLines(service.CheckpointFile.Path, [lines[0], Records.Proof.Checkpoint.Find(lines[1], service.CheckpointFile.OpenKey())!.ToLine(stranger)]);
        Assert.Equal(["1 ", "2 the signature does not hold"], await VerifyAsync());
    }

    [Fact]
    public async Task The_chain_goes_on_after_a_restart_and_a_line_that_a_crash_cut_off_is_removed()
    {
        var file = service.CheckpointFile.Path;
        await service.DisposeAsync();
        await File.AppendAllTextAsync(file, "{\"number\":3,\"serv");
        service = await StartAsync(database, checkpoints: folder);
        saves = new JournalSaves(service);
        await saves.AddAsync(1);

        Assert.Equal((3L, 6L), await CheckpointAsync() is { } made ? (made.Number, made.Versions) : default);
        Assert.Equal(["1 ", "2 ", "3 "], await VerifyAsync());
    }

    [Fact]
    public async Task After_a_loss_the_next_one_covers_everything_that_is_there_and_the_loss_stays_in_sight()
    {
        await service.DisposeAsync();
        service = await StartAsync(database, checkpoints: folder);
        saves = new JournalSaves(service);
        await service.AskAsync<bool>(
            "alter table journal disable trigger all; delete from journal where seq = (select max(seq) from journal); alter table journal enable trigger all; select true");
        await saves.AddAsync(1);

        Assert.Equal(5L, (await CheckpointAsync()).Versions);
        var found = await VerifyAsync();
        Assert.Equal(["1 ", "2 covers 2 versions, of which 1 are there"], found.Take(2));
        Assert.Equal($"{found.Count} ", found[^1]);
    }

    /// <summary>The last checkpoint once it covers everything. The service may have made it by itself.</summary>
    private async Task<Records.Proof.Checkpoint> CheckpointAsync()
    {
        var versions = await service.AskAsync<long>("select count(*) from journal");
        using var key = service.CheckpointFile.OpenKey();
        // Other databases of the server can hold the horizon back: what lies beyond it would be another checkpoint's.
        await Eventually.GetAsync(
            () => service.AskAsync<long>("select count(*) from journal where xid < pg_snapshot_xmin(pg_current_snapshot())"), certain => certain == versions);
        return (await Eventually.GetAsync(
            async () =>
            {
                await service.Checkpointer.MakeAsync(CancellationToken.None);
                return service.CheckpointFile.Lines().Select(line => Records.Proof.Checkpoint.Find(line, key)).LastOrDefault();
            },
            last => last?.Versions == versions))!;
    }

    private async Task<List<string>> VerifyAsync() => await service.Verifier.VerifyAsync(CancellationToken.None)
        .Where(found => found.Checkpoint > 0).Select(found => $"{found.Checkpoint} {found.Fault}").ToListAsync();

    /// <summary>Adds versions and waits until they are certain, since only those are signed.</summary>
    private sealed class JournalSaves(CaptureService service)
    {
        public async Task AddAsync(int count)
        {
            var before = (await service.FeedAsync(Records.Store.JournalCursor.Start)).Count;
            // In one transaction, so that none of the service's own checkpoints comes between them.
            await service.Writer.SaveAsync([.. Enumerable.Range(0, count).Select(_ => Entry())]);
            await service.FeedAsync(Records.Store.JournalCursor.Start, before + count);
        }
    }
}
