namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>A plasmacytoma as it was measured once.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Long">Longest diameter in mm.</param>
/// <param name="Short">Short axis in mm.</param>
/// <param name="IsSoftTissue">Whether it has a soft-tissue part, so that its area counts.</param>
internal readonly record struct Lesion(string Id, decimal Long, decimal Short, bool IsSoftTissue);
