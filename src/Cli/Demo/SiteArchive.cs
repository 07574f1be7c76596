namespace Equecel.Cli.Demo;

/// <summary>One hospital's part of the archive.</summary>
/// <param name="Code">Code of the site, such as <c>01</c>.</param>
/// <param name="Era">The era of its patients, as in the file.</param>
/// <param name="FirstInfusion">Infusion date of its first patient.</param>
/// <param name="InfusionDays">Days over which infusion dates are spread.</param>
/// <param name="Name">Name in English.</param>
/// <param name="NameZh">Name in Chinese.</param>
/// <param name="ProvinceCode">Province, as in GB/T 2260.</param>
internal sealed record SiteArchive(
    string Code, string Era, DateOnly FirstInfusion, int InfusionDays, string Name, string NameZh, string ProvinceCode)
{
    /// <summary>The two hospitals of the demo. Their dates are made, and so old that nothing lies in the future.</summary>
    public static IReadOnlyList<SiteArchive> All { get; } =
    [
        new("01", "before_1980", new(1960, 1, 1), 3652, "First demonstration hospital", "第一示范医院", "11"),
        new("02", "y1980_on", new(1980, 1, 1), 5844, "Second demonstration hospital", "第二示范医院", "31"),
    ];

    /// <summary>OAuth client of the site's system.</summary>
    public string Client => $"site-{Code}";

    /// <summary>Its patients, in the order of the file.</summary>
    public IReadOnlyList<ArchivePatient> PatientsOf(Archive archive) => [.. archive.Patients.Where(patient => patient.Era == Era)];

    /// <summary>Code of the participant that the site's patient becomes.</summary>
    /// <param name="index">Place among the site's patients, from 0.</param>
    public string Participant(int index) => FormattableString.Invariant($"{Code}-{index + 1:0000}");

    /// <summary>Infusion date of the site's patient.</summary>
    /// <param name="index">Place among the site's patients, from 0.</param>
    public DateOnly InfusionDate(int index) => FirstInfusion.AddDays(index % InfusionDays);
}
