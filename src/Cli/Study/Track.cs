namespace Equecel.Cli.Study;

/// <summary>What can be measured of a participant's myeloma.</summary>
internal enum Track
{
    /// <summary>M-protein in serum.</summary>
    Serum,

    /// <summary>M-protein in urine.</summary>
    Urine,

    /// <summary>M-protein in both.</summary>
    SerumAndUrine,

    /// <summary>Free light chains.</summary>
    LightChains,

    /// <summary>Plasma cells in the marrow.</summary>
    Marrow,
}
