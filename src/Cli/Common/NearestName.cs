namespace Equecel.Cli.Common;

/// <summary>Finds the name that a mistyped one probably means.</summary>
internal static class NearestName
{
    /// <summary>Finds it.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">What there is, one at least.</param>
    public static string Of(string name, IEnumerable<string> names) => names.MinBy(candidate => Distance(name, candidate))!;

    /// <summary>Finds it; null when none is near, so that nobody takes a guess for advice.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">What there is.</param>
    public static string? Find(string name, IEnumerable<string> names) =>
        names.Select(candidate => (Name: candidate, Distance: Distance(name, candidate))).Where(candidate => candidate.Distance <= name.Length / 2.0)
            .OrderBy(candidate => candidate.Distance).Select(candidate => candidate.Name).FirstOrDefault();

    /// <summary>How many letters must be put in, taken out or changed (Levenshtein), and half of that for a name that only goes on or was cut.</summary>
    private static double Distance(string one, string other)
    {
        var before = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            before[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + change);
            }

            (before, row) = (row, before);
        }

        var alike = one.Length > 0 && (other.StartsWith(one, StringComparison.OrdinalIgnoreCase) || one.StartsWith(other, StringComparison.OrdinalIgnoreCase));
        return alike ? before[other.Length] / 2.0 : before[other.Length];
    }
}
