namespace Equecel.Cli.Study;

/// <summary>The order in which one service gets a participant's rows.</summary>
internal enum Wave
{
    /// <summary>What names no other record.</summary>
    First,

    /// <summary>What names records of the first wave.</summary>
    Linked,

    /// <summary>What the site found late.</summary>
    Late,

    /// <summary>Corrections.</summary>
    Amendment,
}
