using System.Text;

namespace Equecel.Audit;

/// <summary>A file with a key, made at the first use.</summary>
public static class KeyFile
{
    /// <summary>What only its owner may read and write.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a key that only its owner may read. Where there is none, one is made.</summary>
    /// <param name="path">Its file. The folder is made as well.</param>
    /// <param name="make">Makes a key.</param>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static string ReadOrMake(string path, Func<string> make)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Save(path, make(), OwnerOnly);
        }

        return File.ReadAllText(path) is { Length: > 0 } key ? key : throw Unusable(path);
    }

    /// <summary>Saves a key, whole and on disk or not at all.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="key">The key.</param>
    /// <param name="access">Who may read and write it.</param>
    /// <param name="overwrite">Whether it takes the place of one that is there already. Otherwise that one stays.</param>
    public static void Save(string path, string key, UnixFileMode access, bool overwrite = false)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        using (var file = new FileStream(unfinished, Writing(FileMode.CreateNew, access)))
        {
            file.Write(Encoding.UTF8.GetBytes(key));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(unfinished, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            // Another instance was first.
            File.Delete(unfinished);
        }
    }

    /// <summary>That a file holds no key, and what to do.</summary>
    /// <param name="path">The file.</param>
    public static InvalidDataException Unusable(string path) => new(
        $"{path} holds no key. Put its copy in its place. If nothing was signed with it yet, remove the file, and the next start makes a key.");

    /// <summary>How a file is written that other programs may read meanwhile.</summary>
    /// <param name="mode">Whether it is there.</param>
    /// <param name="access">Who may read and write it, if it is made.</param>
    internal static FileStreamOptions Writing(FileMode mode, UnixFileMode access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = access;
        }

        return options;
    }
}
