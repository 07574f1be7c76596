using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Site.Types;

namespace Equecel.Cli.Study;

/// <summary>The form about a site, with the ranges of its laboratory.</summary>
internal static class SiteForms
{
    private static readonly (LaboratoryTest Test, string Unit, double Low, double High)[] Ranges =
    [
        (LaboratoryTest.Ldh, "U/L", 120, 250), (LaboratoryTest.Alt, "U/L", 7, 45), (LaboratoryTest.Ast, "U/L", 13, 40),
        (LaboratoryTest.Bilirubin, "µmol/L", 3, 21), (LaboratoryTest.Creatinine, "µmol/L", 45, 105), (LaboratoryTest.Calcium, "mmol/L", 2.1, 2.6),
        (LaboratoryTest.Albumin, "g/L", 35, 55), (LaboratoryTest.WhiteCells, "10⁹/L", 3.5, 9.5), (LaboratoryTest.Neutrophils, "10⁹/L", 1.8, 6.3),
        (LaboratoryTest.Lymphocytes, "10⁹/L", 1.1, 3.2), (LaboratoryTest.Platelets, "10⁹/L", 125, 350), (LaboratoryTest.Haemoglobin, "g/L", 115, 175),
    ];

    /// <summary>Adds it.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="site">The site.</param>
    public static void Add(FormSet forms, StudySite site) => forms.Add("site", new Enrolment.V1.SubmitRecordRequest
    {
        Site = new()
        {
            SiteCode = site.Code,
            Name = site.Name,
            NameZh = site.NameZh,
            ProvinceCode = site.ProvinceCode,
            PrincipalInvestigator = $"Synthetic investigator {site.Code}",
            EthicsApprovalNumber = $"SYNTHETIC-EC-{site.Code}",
            EthicsApprovalDate = "2024-01-15",
            HgrFilingNumber = $"SYNTHETIC-HGR-{site.Code}",
            ActivationDate = "2024-03-01",
            Status = Site.Types.Status.Active,
            LaboratoryRanges =
            {
                Ranges.Select(range => new LaboratoryRange { Test = range.Test, Unit = range.Unit, Low = range.Low, High = range.High, ValidFromDate = "2020-01-01" }),
            },
        },
    });
}
