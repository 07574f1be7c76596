namespace Equecel.Cli.Tests.Backup;

/// <summary>What backup and restore refuse where no platform is. That they work, the drill of the end-to-end tests shows.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("backup out", "holds no databases of the platform")]
    [InlineData("restore out", "holds no databases of the platform")]
    [InlineData("restore out --to yesterday", "is no instant")]
    [InlineData("backup", "Required argument missing")]
    [InlineData("restore", "Required argument missing")]
    public async Task A_folder_that_is_not_the_platforms_and_a_line_that_is_wrong_are_usage(string line, string part)
    {
        var run = await CommandLineRun.RunAsync(new Dictionary<string, string> { ["EQUECEL_DATA"] = folder.FullName }, "", line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_platform_that_does_not_run_is_not_backed_up()
    {
        folder.CreateSubdirectory("postgres/data");

        var run = await CommandLineRun.RunAsync([], "", "backup", Path.Combine(folder.FullName, "out"), "--data", folder.FullName);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Start the platform, then make the backup.", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "out")));
    }

    [Theory]
    [InlineData("--wal .", "--wal names the archive that --prune takes from. Give both, or neither.")]
    [InlineData("--prune --wal nowhere", "nowhere is no folder. Name the one that Postgres__WalArchive names.")]
    public async Task An_archive_that_is_not_there_or_not_pruned_is_refused_before_anything_is_copied(string switches, string message)
    {
        folder.CreateSubdirectory("postgres/data");
        var backup = Path.Combine(folder.FullName, "out");

        var run = await CommandLineRun.RunAsync([], "", ["backup", backup, "--data", folder.FullName, .. switches.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(backup));
    }

    [Theory]
    [InlineData("", "data")]
    [InlineData("data", "data")]
    [InlineData("18/docker data.before-20260301T000000Z", "18/docker")]
    [InlineData("9/docker 18/docker 17/docker", "18/docker")]
    [InlineData("18/docker data", "data")]
    public async Task The_databases_are_where_a_native_server_or_a_container_keeps_them(string databases, string found)
    {
        var home = folder.CreateSubdirectory("postgres");
        foreach (var path in databases.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.WriteAllText(Path.Combine(home.CreateSubdirectory(path).FullName, "PG_VERSION"), "18\n");
        }

        var run = await CommandLineRun.RunAsync([], "", "backup", Path.Combine(folder.FullName, "out"), "--data", folder.FullName);

        Assert.Contains($"PostgreSQL does not run on {Path.Combine(home.FullName, found)}. ", run.Error, StringComparison.Ordinal);
    }
}
