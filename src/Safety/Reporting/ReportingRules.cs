using Equecel.Safety.V1;

namespace Equecel.Safety.Reporting;

/// <summary>Rules by which adverse events are reported. The study chooses them by name.</summary>
/// <remarks>
/// Sources: MOH Order 81 (2011), Articles 20 to 22; the CDE's standards and procedures for expedited reporting during clinical
/// trials (2018); ICH E2A and E2D. Which set applies must be confirmed with the sponsor's pharmacovigilance department.
/// </remarks>
public sealed record ReportingRules
{
    private static readonly ReportingTerms SiteToSponsor = new(
        ReportingRule.C1, version => version.IsProspective && (version.IsSerious || version.IsRelatedSpecialInterest), Days: null);

    private ReportingRules(string name, IReadOnlyList<ReportingTerms> terms, ReportingTerms? newInformation = null)
    {
        Name = name;
        Terms = [SiteToSponsor, .. terms];
        NewInformation = newInformation;
    }

    /// <summary>An approved product in use: reports of the marketing authorisation holder.</summary>
    public static ReportingRules Postmarket { get; } = new("POSTMARKET/1",
    [
        new(ReportingRule.C6, version => version.IsRelated && version.IsFatal, Days: null, FollowUpDays: 15),
        new(ReportingRule.C5, version => version.IsRelated && version.IsSerious && !version.IsFatal, Days: 15),
        new(ReportingRule.C7, version => version.IsRelated && !version.IsSerious && !version.IsFatal, Days: 30),
    ]);

    /// <summary>A clinical trial: reports of suspected unexpected serious adverse reactions.</summary>
    public static ReportingRules Trial { get; } = new("TRIAL/1",
    [
        new(ReportingRule.C2, version => version.IsSuspectedUnexpected && version.IsFatalOrLifeThreatening, Days: 7, FollowUpDays: 15),
        new(ReportingRule.C3, version => version.IsSuspectedUnexpected && !version.IsFatalOrLifeThreatening, Days: 15),
    ],
    new(ReportingRule.C4, version => version.IsSuspectedUnexpected, Days: 15));

    /// <summary>Name and version, such as <c>TRIAL/1</c>.</summary>
    public string Name { get; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<ReportingTerms> Terms { get; }

    /// <summary>The rule for something new about an event that was reported already; null when there is none.</summary>
    public ReportingTerms? NewInformation { get; }

    /// <summary>The rules that a setting names.</summary>
    /// <param name="setting"><c>POSTMARKET</c> or <c>TRIAL</c>; null or empty for the first.</param>
    /// <exception cref="InvalidOperationException">It names no rules.</exception>
    public static ReportingRules Parse(string? setting) => setting switch
    {
        null or "" or "POSTMARKET" => Postmarket,
        "TRIAL" => Trial,
        _ => throw new InvalidOperationException($"Safety:ReportingRules is POSTMARKET or TRIAL, not {setting}."),
    };
}
