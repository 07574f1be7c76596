using Equecel.Records.Store;
using Microsoft.Extensions.Hosting;

namespace Equecel.Records.Verbs;

/// <summary>Cuts a page so that its answer is no larger than a service may send.</summary>
internal static class PageCut
{
    // What the page token and the lengths of the records take comes off.
    private const int MostBytes = ServiceDefaultsExtensions.MaxSendMessageBytes - (64 * 1024);

    /// <summary>How many of the versions go on the page; at least one when there are any.</summary>
    /// <param name="found">The versions, one more than asked for when there are more.</param>
    /// <param name="size">How many were asked for.</param>
    public static int Count(IReadOnlyList<StoredVersion> found, int size)
    {
        var (count, bytes) = (0, 0L);
        while (count < Math.Min(size, found.Count))
        {
            bytes += found[count].Content.Length + found[count].Header.CalculateSize() + 32;
            if (bytes > MostBytes && count > 0)
            {
                break;
            }

            count++;
        }

        return count;
    }
}
