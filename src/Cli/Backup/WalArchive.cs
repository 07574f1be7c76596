using System.Text.RegularExpressions;

namespace Equecel.Cli.Backup;

/// <summary>The archive of the databases' log: a file for each finished piece.</summary>
internal static partial class WalArchive
{
    /// <summary>Takes out what is older than the first piece that a backup needs.</summary>
    /// <param name="folder">The archive, which may not be there yet.</param>
    /// <param name="first">Name of that piece: 24 hexadecimal digits, of which the first eight are the timeline.</param>
    /// <returns>How many pieces were taken out.</returns>
    public static int Prune(string folder, string first)
    {
        // Nothing was archived yet.
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        // After the timeline names rise with the log.
        var old = Directory.EnumerateFiles(folder).Where(file => Piece().IsMatch(Path.GetFileName(file))
            && string.CompareOrdinal(Path.GetFileName(file)[8..24], first[8..]) < 0).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    [GeneratedRegex(@"^[0-9A-F]{24}\.gz$")]
    private static partial Regex Piece();
}
