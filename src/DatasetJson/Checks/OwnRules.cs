namespace Equecel.DatasetJson.Checks;

/// <summary>What this platform promises of its own datasets, beyond the standards.</summary>
internal static class OwnRules
{
    /// <summary>Name of this system in a file.</summary>
    public const string SystemName = "Equecel";

    /// <summary>Category of the infusions of the product in EX.</summary>
    public const string Infusion = "CAR-T INFUSION";

    /// <summary>The duration of a response, which responders alone have.</summary>
    public const string ResponseTime = "RSD";

    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["ADTTE"] = ["OS", "PFS", "PFSNACT", "PFSMISS", "PFSNAMIS", "TTR", "TTCR", "TTRCONF", "TTCRCONF", "RSD", "TTNT"],
        ["ADRS"] = ["OVR", "COVR", "ALGOVR", "ALGCOVR", "MRD", "BOR", "CBOR", "ALGBOR", "RSP", "VGPRRSP", "CRRSP", "PD", "DEATH", "LSTA"],
        ["ADQS"] =
        [
            .. Enumerable.Range(131, 15).Select(number => $"EOR0{number}"), "EORSUM", "EQ5D02IX", "EQ5D0206", "EQ5D01IX", "EQ5D0106",
        ],
    };

    /// <summary>Codes of the times to events.</summary>
    public static IReadOnlyList<string> Times => Parameters["ADTTE"];

    /// <summary>Codes of the parameters that a dataset of ours has; null when it has none, or the file is somebody else's.</summary>
    /// <param name="origin">Where the file comes from.</param>
    /// <param name="dataset">Name of the dataset.</param>
    public static string[]? FindParameters(FileOrigin origin, string dataset) => origin.IsOwn ? Parameters.GetValueOrDefault(dataset) : null;

    /// <summary>What the values of a row of ours must be to each other besides.</summary>
    /// <param name="origin">Where the file comes from.</param>
    public static IEnumerable<RowRule> FindRows(FileOrigin origin)
    {
        if (origin.Cutoff is { } cutoff)
        {
            yield return new(["ADT"], row => !(row.Day("ADT") > cutoff), "is after the data cut-off of the file", "Nothing later is used: export it anew.");
        }
    }
}
