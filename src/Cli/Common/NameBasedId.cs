using System.Security.Cryptography;
using System.Text;

namespace Equecel.Cli.Common;

/// <summary>UUIDs made of a name, so that the same row sent again has the same request id.</summary>
internal static class NameBasedId
{
    private const int LongestOnStack = 1024;

    /// <summary>Makes the UUID: version 8 of RFC 9562, from the SHA-256 of the name.</summary>
    public static string Of(string name)
    {
        var length = Encoding.UTF8.GetMaxByteCount(name.Length);
        var text = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        return Of(text[..Encoding.UTF8.GetBytes(name, text)]);
    }

    /// <summary>Makes the UUID from a name that is bytes.</summary>
    public static string Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
