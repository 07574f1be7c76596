namespace Equecel.Analytics.Derivation;

/// <summary>What of the blood can be too low.</summary>
internal enum BloodCount
{
    /// <summary>Haemoglobin, in g/L.</summary>
    Haemoglobin,

    /// <summary>Neutrophils, in 10⁹/L.</summary>
    Neutrophils,

    /// <summary>Lymphocytes, in 10⁹/L.</summary>
    Lymphocytes,

    /// <summary>Platelets, in 10⁹/L.</summary>
    Platelets,
}
