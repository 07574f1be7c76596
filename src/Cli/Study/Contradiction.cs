namespace Equecel.Cli.Study;

/// <summary>Something in a participant's forms that does not go together, so that the site is asked.</summary>
internal enum Contradiction
{
    /// <summary>Nothing on purpose.</summary>
    None,

    /// <summary>The body mass for the dose differs from the baseline's (E22).</summary>
    BodyMass,

    /// <summary>A progression on a prior line has no date (E12).</summary>
    ProgressionDate,

    /// <summary>An immunofixation is negative beside an M-protein (A03).</summary>
    Immunofixation,

    /// <summary>A serious event names a stay in hospital, and none is linked (S09).</summary>
    HospitalStay,

    /// <summary>A questionnaire was filled in far from its visit (Q02).</summary>
    QuestionnaireDate,

    /// <summary>The stage at diagnosis is not the one that the measurements give (E07).</summary>
    Stage,
}
