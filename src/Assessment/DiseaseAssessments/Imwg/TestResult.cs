namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Result of a test that finds something or not.</summary>
internal enum TestResult
{
    /// <summary>Not done, or not usable.</summary>
    NotDone,

    /// <summary>Nothing found.</summary>
    Negative,

    /// <summary>Found.</summary>
    Positive,
}
