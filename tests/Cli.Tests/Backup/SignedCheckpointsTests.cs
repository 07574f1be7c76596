using Equecel.Cli.Backup;

namespace Equecel.Cli.Tests.Backup;

public sealed class SignedCheckpointsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    // Positions are transaction id and sequence, in hexadecimal.
    [Theory]
    [InlineData("a.1/0 b.5/0 c.9/0", 0xc, 9, 0, 3)]
    [InlineData("a.1/0 b.5/0 c.9/0", 0xc, 8, 0, 2)]
    [InlineData("a.1/0 b.5/0 c.9/0", 0xb, 9, 0, 2)]
    [InlineData("a.1/0 b.5/0 c.9/0", 0, 0, 0, 0)]
    [InlineData("a.1/0 a.1/3 a.1/4", 0xa, 1, 3, 2)]
    [InlineData("ff.1/0", 0x100, 0, 0, 1)]
    public async Task Lines_about_what_was_undone_are_put_aside(string lines, ulong transaction, long sequence, long auditEvents, int kept)
    {
        var (file, aside) = (Path.Combine(folder.FullName, "enrolment.checkpoints"), Path.Combine(folder.FullName, "aside"));
        var written = lines.Split(' ').Select(line => line.Split('/'))
            .Select(line => $"{{\"position\":\"{line[0]}\",\"auditEvents\":{line[1]},\"service\":\"enrolment\"}}\tsignature").ToArray();
        await File.WriteAllTextAsync(file, string.Concat(written.Select(line => line + "\n")));

        var undone = SignedCheckpoints.SetAside(file, new JournalEnd(transaction, sequence, auditEvents), aside);

        Assert.Equal(written.Length - kept, undone);
        Assert.Equal(written.Take(kept), await File.ReadAllLinesAsync(file));
        Assert.Equal(undone > 0, File.Exists(aside));
        Assert.True(undone == 0 || (await File.ReadAllLinesAsync(aside)).SequenceEqual(written));
    }

    [Fact]
    public async Task Of_a_service_without_a_journal_the_audit_events_alone_decide()
    {
        var file = Path.Combine(folder.FullName, "analytics.checkpoints");
        await File.WriteAllTextAsync(file, "{\"auditEvents\":3,\"service\":\"analytics\"}\tsignature\n{\"auditEvents\":5,\"service\":\"analytics\"}\tsignature\n");

        Assert.Equal(1, SignedCheckpoints.SetAside(file, new JournalEnd(0, 0, 4), file + ".aside"));
        Assert.Equal(["{\"auditEvents\":3,\"service\":\"analytics\"}\tsignature"], await File.ReadAllLinesAsync(file));
    }

    [Fact]
    public void Without_checkpoints_there_is_nothing_to_put_aside() =>
        Assert.Equal(0, SignedCheckpoints.SetAside(Path.Combine(folder.FullName, "none"), new JournalEnd(0, 0, 0), Path.Combine(folder.FullName, "aside")));
}
