using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Equecel.DatasetJson.Checks;

/// <summary>Where a file says that it comes from.</summary>
/// <param name="IsOwn">Whether this platform made it.</param>
/// <param name="Cutoff">The data cut-off that this platform made it for; null without one, and for files of others.</param>
internal sealed partial record FileOrigin(bool IsOwn, DateOnly? Cutoff)
{
    /// <summary>Reads it out of what stands before the rows.</summary>
    /// <param name="header">That.</param>
    public static FileOrigin Of(JsonElement header)
    {
        var isOwn = header.TryGetProperty("sourceSystem", out var system) && HeaderChecks.Text(system, "name") == OwnRules.SystemName;
        var cutoff = isOwn && HeaderChecks.Text(header, "fileOID") is { } oid && CutoffPart().Match(oid) is { Success: true } found
            && DateOnly.TryParseExact(found.Groups[1].Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : (DateOnly?)null;
        return new FileOrigin(isOwn, cutoff);
    }

    // As the export writes it into the name of a file: …V12.CUT20250303.ADTTE.
    [GeneratedRegex(@"\.CUT([0-9]{8})\.")]
    private static partial Regex CutoffPart();
}
