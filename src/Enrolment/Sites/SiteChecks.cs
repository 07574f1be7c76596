using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Sites;

/// <summary>Edit checks of the form about a site.</summary>
public static class SiteChecks
{
    // GB/T 2260, first two digits.
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    ];

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="site">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Site site, FormContext context)
    {
        yield return Check.RequiredText(context, "name", site.Name, 200);
        yield return Check.RequiredText(context, "name_zh", site.NameZh, 200);
        yield return Provinces.Contains(site.ProvinceCode)
            ? null
            : Check.Hard("F04", "province_code", "Give the province's two digits of GB/T 2260, such as 11 for Beijing.", "请填写GB/T 2260省级代码（两位数字）。");
        yield return Check.RequiredText(context, "principal_investigator", site.PrincipalInvestigator, 200);
        yield return Check.RequiredText(context, "ethics_approval_number", site.EthicsApprovalNumber, 100);
        yield return Check.Text("hgr_filing_number", site.HgrFilingNumber, 100);
        yield return Check.Needed("status", site.Status != Site.Types.Status.Unspecified);

        yield return Check.RequiredDate(context, "ethics_approval_date", site.EthicsApprovalDate, out var approval);
        yield return Check.Date("activation_date", site.ActivationDate, out var activation);
        yield return Check.Date("close_date", site.CloseDate, out var close);
        yield return Check.NotInFuture(context, "ethics_approval_date", approval);
        yield return Check.NotInFuture(context, "activation_date", activation);
        yield return Check.NotInFuture(context, "close_date", close);
        yield return site.Status is Site.Types.Status.Active or Site.Types.Status.OnHold or Site.Types.Status.Closed
            ? Check.Needed("activation_date", site.HasActivationDate)
            : null;
        yield return site.Status == Site.Types.Status.Closed ? Check.Needed("close_date", site.HasCloseDate) : null;
        yield return approval > activation
            ? Check.Hard("E10", "ethics_approval_date", "The ethics approval must not be after the activation.", "伦理批准日期不得晚于中心启动日期。")
            : null;
        yield return close < activation
            ? Check.Hard("E10", "close_date", "End date is before start date.", "结束日期早于开始日期。")
            : null;
        foreach (var finding in LaboratoryRangeChecks.Run(site.LaboratoryRanges))
        {
            yield return finding;
        }
    }
}
