using Equecel.Analytics.Dossiers;

namespace Equecel.Analytics.CrossChecks;

/// <summary>A question about a record that takes the records of several services.</summary>
/// <param name="Record">The record.</param>
/// <param name="Field">Field of its form.</param>
/// <param name="Code">Code of the check.</param>
/// <param name="Message">The question in English.</param>
/// <param name="MessageZh">The question in Chinese.</param>
internal sealed record CrossCheck(DossierRecord Record, string Field, string Code, string Message, string MessageZh);
