namespace Equecel.Cli.Study;

/// <summary>A hospital of the synthetic study.</summary>
/// <param name="Code">Its code.</param>
/// <param name="ProvinceCode">Its province, as in GB/T 2260.</param>
internal sealed record StudySite(string Code, string ProvinceCode)
{
    /// <summary>The twelve. Their codes are none of the archive's.</summary>
    public static IReadOnlyList<StudySite> All { get; } =
    [
        new("11", "11"), new("12", "31"), new("13", "44"), new("14", "33"), new("15", "32"), new("16", "42"),
        new("17", "51"), new("18", "12"), new("19", "41"), new("20", "37"), new("21", "35"), new("22", "21"),
    ];

    /// <summary>OAuth client of the site's system.</summary>
    public string Client => $"site-{Code}";

    /// <summary>Name in English.</summary>
    public string Name => $"Synthetic hospital {Code}";

    /// <summary>Name in Chinese.</summary>
    public string NameZh => $"虚拟医院{Code}（合成数据）";

    /// <summary>The site of a participant of the study.</summary>
    /// <param name="number">Number of the participant in the study, from 0.</param>
    public static StudySite Of(int number) => All[number % All.Count];

    /// <summary>Code of a participant of the study, such as <c>11-0001</c>.</summary>
    /// <param name="number">Number of the participant in the study, from 0.</param>
    public static string ParticipantOf(int number) => FormattableString.Invariant($"{Of(number).Code}-{(number / All.Count) + 1:0000}");

    /// <summary>Numbers of the site's participants.</summary>
    /// <param name="participants">Participants of the study.</param>
    public IEnumerable<int> Numbers(int participants)
    {
        for (var number = All.ToList().IndexOf(this); number < participants; number += All.Count)
        {
            yield return number;
        }
    }
}
