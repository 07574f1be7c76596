using Equecel.Cli.Backup;

namespace Equecel.Cli.Tests.Backup;

public sealed class WalArchiveTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("equecel-wal-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Pieces_before_the_first_one_needed_are_taken_out_whatever_their_timeline()
    {
        string[] old = ["000000010000000000000009.gz", "0000000200000000000000FE.gz"];
        string[] kept =
        [
            "000000010000000000000010.part", "0000000100000001000000FF.gz", "000000020000000100000000.gz", "00000002.history.gz",
            "000000020000000100000000.00000028.backup.gz", "notes.txt",
        ];
        foreach (var file in old.Concat(kept))
        {
            File.WriteAllText(Path.Combine(folder.FullName, file), "");
        }

        Assert.Equal(2, WalArchive.Prune(folder.FullName, "000000020000000100000000"));
        Assert.Equal(kept.Order(), folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void An_archive_that_is_not_there_yet_holds_nothing() =>
        Assert.Equal(0, WalArchive.Prune(Path.Combine(folder.FullName, "wal"), "000000010000000000000001"));
}
