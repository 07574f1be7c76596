using System.Buffers.Text;
using System.Text;

namespace Equecel.Records.Verbs;

/// <summary>A place in the order of site, participant and record.</summary>
/// <param name="Site">Code of the site.</param>
/// <param name="Participant">Code of the participant.</param>
/// <param name="RecordId">The record.</param>
internal readonly record struct PagePlace(string Site, string Participant, Guid RecordId)
{
    /// <summary>Before everything.</summary>
    public static PagePlace Start { get; } = new("", "", Guid.Empty);

    /// <summary>As a page token.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Site} {Participant} {RecordId:N}"));

    /// <summary>Reads a page token; null when it is none.</summary>
    public static PagePlace? Find(string token)
    {
        if (token.Length == 0)
        {
            return Start;
        }

        if (token.Length > 100 || !Base64Url.IsValid(token))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(' ');
        return parts.Length == 3 && Guid.TryParseExact(parts[2], "N", out var id) && !parts[0].Contains('\0') && !parts[1].Contains('\0')
            ? new PagePlace(parts[0], parts[1], id)
            : null;
    }
}
