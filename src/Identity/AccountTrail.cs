using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equecel.Identity;

/// <summary>
/// Identity's own audit trail, a file beside its keys that is only ever added to: who may sign in, at each start, and who was refused since.
/// A line is JSON, and has the SHA-256 of the line before it: what is altered or taken out shows at the next line. The end of the
/// file can be cut off unseen, by whoever may write where the keys are.
/// </summary>
internal sealed class AccountTrail
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "identity.trail";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder;
    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock adding = new();
    private string? last;

    /// <param name="folder">Folder of the keys.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told when a line could not be kept, or was altered.</param>
    public AccountTrail(string folder, TimeProvider time, ILogger logger)
    {
        (this.folder, this.time, this.logger) = (folder, time, logger);
        path = Path.Combine(folder, FileName);
    }

    /// <summary>Adds a line, and returns when it is on disk. A disk that takes none stops nobody: the log says so.</summary>
    /// <param name="happened">What happened. Its time and the line before it are filled in here.</param>
    public void Add(AccountEvent happened)
    {
        lock (adding)
        {
            try
            {
                var before = last ?? FindLast();
                last = null;
                var line = JsonSerializer.Serialize(happened with { Time = time.GetUtcNow(), Previous = HashOf(before) }, Json);
                Append(line);
                last = line;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogError("The trail of accounts takes nothing: {Failure}. See to the disk and the rights of {Path}", e.GetType().Name, path);
            }
        }
    }

    private static string HashOf(string line) => line.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    // The last line, after a look at all of them. One that a crash left unfinished stays, as a line of its own.
    private string FindLast()
    {
        if (!File.Exists(path))
        {
            CreateFolder();
            return "";
        }

        var (before, number) = ("", 0);
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (PreviousOf(line) is { } previous && previous != HashOf(before))
            {
                logger.LogError("Line {Number} of {Path} does not follow from the one before: the trail of accounts was altered", number, path);
            }

            before = line;
        }

        return before;
    }

    private static string? PreviousOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AccountEvent>(line, Json)?.Previous;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private void Append(string line)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        var isWhole = true;
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            isWhole = file.ReadByte() == '\n';
        }

        file.Write(Encoding.UTF8.GetBytes(isWhole ? $"{line}\n" : $"\n{line}\n"));
        file.Flush(flushToDisk: true);
    }
}
