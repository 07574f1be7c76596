using Equecel.Common.V1;

namespace Equecel.StudyRules;

/// <summary>What a saved form says about the visit that it belongs to.</summary>
/// <param name="Visit">The visit, as the site stated it.</param>
/// <param name="Date">When it was; null when the form does not say.</param>
/// <param name="IsDone">Whether the form was filled in; false when it says that it was not done.</param>
public readonly record struct RecordedVisit(Visit Visit, DateOnly? Date, bool IsDone = true);
