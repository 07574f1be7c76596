namespace Equecel.Analytics.Cohort;

/// <summary>A participant's code, site and number such as <c>01-0001</c>, packed so that millions take little room.</summary>
internal readonly record struct ParticipantCode
{
    private const int MaxLength = 15;

    // Four bits a character: digits are 1 to 10, the hyphen 11.
    private readonly ulong packed;

    private ParticipantCode(ulong packed) => this.packed = packed;

    /// <summary>Reads a code.</summary>
    /// <param name="text">The code.</param>
    /// <param name="site">The site that it has to belong to, such as <c>01</c>.</param>
    /// <returns>Null when it is not that site's code, a hyphen and digits, at most 15 characters together.</returns>
    public static ParticipantCode? Find(string text, string site)
    {
        var number = site.Length + 1;
        if (text.Length <= number || text.Length > MaxLength || text[site.Length] != '-' || !text.StartsWith(site, StringComparison.Ordinal))
        {
            return null;
        }

        var packed = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) && i != site.Length)
            {
                return null;
            }

            packed = (packed << 4) | (text[i] == '-' ? 11UL : (ulong)(text[i] - '0' + 1));
        }

        return new ParticipantCode(packed);
    }

    /// <summary>The code as text.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxLength];
        var start = MaxLength;
        for (var rest = packed; rest != 0; rest >>= 4)
        {
            text[--start] = (rest & 15) == 11 ? '-' : (char)('0' + (rest & 15) - 1);
        }

        return new string(text[start..]);
    }
}
