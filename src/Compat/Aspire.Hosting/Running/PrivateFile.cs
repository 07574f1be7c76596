using System.Text;

namespace Aspire.Hosting.Running;

/// <summary>Files that only their owner reads.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file of mode 600, whole or not at all.</summary>
    public static void Write(string path, string content)
    {
        var next = path + ".next";
        File.Delete(next);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(content));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
