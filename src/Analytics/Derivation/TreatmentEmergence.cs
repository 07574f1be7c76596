namespace Equecel.Analytics.Derivation;

/// <summary>Where the onset of an adverse event lies.</summary>
internal enum TreatmentEmergence
{
    /// <summary>Year or month of the onset is not known: to be asked, not guessed.</summary>
    Unknown,

    /// <summary>Before the infusion, and not worse after it.</summary>
    BeforeInfusion,

    /// <summary>In the window: it counts.</summary>
    Emergent,

    /// <summary>After the window: kept and listed, not counted.</summary>
    AfterWindow,

    /// <summary>After the cut-off date: not used.</summary>
    AfterCutoff,
}
