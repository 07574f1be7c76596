namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>How a lesion compares with itself when it was shortest.</summary>
/// <param name="LesionId">Its name.</param>
/// <param name="LowestLong">Its longest diameter then, in mm.</param>
/// <param name="ShortThen">Its short axis then, in mm.</param>
/// <param name="Long">Its longest diameter now, in mm.</param>
internal readonly record struct LesionGrowth(string LesionId, decimal LowestLong, decimal ShortThen, decimal Long);
