using Equecel.Enrolment.Sites;
using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Tests.Sites;

public sealed class SiteChecksTests
{
    public static TheoryData<string, Action<Site>> Cases => new()
    {
        { "", _ => { } },
        { "F01! name", site => site.Name = " " },
        { "F05! name", site => site.Name = new string('x', 201) },
        { "", site => site.Name = new string('x', 200) },
        { "F01! name_zh", site => site.NameZh = "" },
        { "F04! province_code", site => site.ProvinceCode = "10" },
        { "F04! province_code", site => site.ProvinceCode = "1１" },
        { "", site => site.ProvinceCode = "82" },
        { "F01! principal_investigator", site => site.PrincipalInvestigator = "" },
        { "F05! ethics_approval_number", site => site.EthicsApprovalNumber = new string('x', 101) },
        { "F05! hgr_filing_number", site => site.HgrFilingNumber = new string('x', 101) },
        { "F01! status", site => site.Status = Site.Types.Status.Unspecified },
        { "F01! ethics_approval_date", site => site.EthicsApprovalDate = "" },
        { "F03! ethics_approval_date", site => site.EthicsApprovalDate = "2023-02-30" },
        { "E10! ethics_approval_date", site => site.EthicsApprovalDate = "2023-02-02" },
        { "", site => site.EthicsApprovalDate = "2023-02-01" },
        { "E01! activation_date", site => site.ActivationDate = "2024-07-02" },
        { "", site => site.ActivationDate = "2024-07-01" },
        { "F01! activation_date", site => site.ClearActivationDate() },
        { "", site => { site.ClearActivationDate(); site.Status = Site.Types.Status.Planned; } },
        { "F01! close_date", site => site.Status = Site.Types.Status.Closed },
        { "E10! close_date", site => site.CloseDate = "2023-01-31" },
        { "", site => site.CloseDate = "2023-02-01" },
        { "F01! name, F01! name_zh, F04! province_code", site => (site.Name, site.NameZh, site.ProvinceCode) = ("", "", "") },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_finds_its_field(string expected, Action<Site> change)
    {
        var site = Form.Site();
        change(site);

        Assert.Equal(expected, SiteChecks.Run(site, Form.Context()).Brief());
    }
}
