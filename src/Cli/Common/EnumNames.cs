namespace Equecel.Cli.Common;

/// <summary>The values of a contract's enum as words of a command line: <c>best-response</c> for <c>TOPIC_BEST_RESPONSE</c>.</summary>
internal static class EnumNames
{
    /// <summary>Finds the values by their names; without the first, which says that nothing is set.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static IReadOnlyDictionary<string, T> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().Skip(1).ToDictionary(value => string.Concat(
            $"{value}".Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")));
}
