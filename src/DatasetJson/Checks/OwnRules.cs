namespace Equecel.DatasetJson.Checks;

/// <summary>What this platform promises of its own datasets, beyond the standards.</summary>
internal static class OwnRules
{
    /// <summary>Name of this system in a file.</summary>
    public const string SystemName = "Equecel";

    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["ADTTE"] = ["OS", "PFS", "PFSNACT", "PFSMISS", "PFSNAMIS", "TTR", "TTCR", "TTRCONF", "TTCRCONF", "RSD", "TTNT"],
        ["ADRS"] = ["OVR", "COVR", "ALGOVR", "ALGCOVR", "MRD", "BOR", "CBOR", "ALGBOR", "RSP", "VGPRRSP", "CRRSP", "PD", "DEATH", "LSTA"],
        ["ADQS"] =
        [
            .. Enumerable.Range(131, 15).Select(number => $"EOR0{number}"), "EORSUM", "EQ5D02IX", "EQ5D0206", "EQ5D01IX", "EQ5D0106",
        ],
    };

    /// <summary>Codes of the parameters that a dataset of ours has; null when it has none, or the file is somebody else's.</summary>
    /// <param name="system">Name of the system that the file names.</param>
    /// <param name="dataset">Name of the dataset.</param>
    public static string[]? FindParameters(string? system, string dataset) =>
        system == SystemName ? Parameters.GetValueOrDefault(dataset) : null;
}
