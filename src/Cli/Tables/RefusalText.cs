namespace Equecel.Cli.Tables;

/// <summary>What to do about refusals that come with an English sentence alone, in Chinese.</summary>
internal static class RefusalText
{
    private static readonly Dictionary<string, string> OfReason = new()
    {
        ["SCOPE_MISSING"] = "您的账号无此权限，请联系项目组。",
        ["OTHER_SITE"] = "您的账号只能提交和查看本中心的记录，请检查受试者编号中的中心编号。",
        ["RECORD_NOT_FOUND"] = "没有此记录或您无权查看，请检查record_id。",
        ["REQUEST_ID_REUSED"] = "此编号（key）的行已保存且内容不同。如需修改，请填写record_id、expected_version和{0}；如为另一条记录，请换一个编号。",
        ["RECORD_EXISTS"] = "此类记录只能有一条且已存在，请修改原记录（填写record_id、expected_version和{0}）。",
        ["PARTICIPANT_UNKNOWN"] = "该受试者尚未入组，请先提交participation表。",
        ["SITE_UNKNOWN"] = "该中心尚未登记，请先提交site表或联系项目组。",
        ["RECORD_STATE"] = "该记录当前状态不允许此操作，请查看记录状态。",
        ["VERSION_CONFLICT"] = "该记录已有更新版本，请查看后按新版本号（expected_version）再次修改。",
        ["TOO_LARGE"] = "该行过大，请缩短文字。",
        ["DEPENDENCY_DOWN"] = "系统暂时不可用，请稍后重新导入。",
        ["RATE_LIMITED"] = "调用过于频繁，请稍后重新导入。",
        ["FROZEN"] = "该受试者或中心的数据已冻结，请联系项目组解冻。",
    };

    private static readonly Dictionary<string, string> OfField = new()
    {
        ["participant"] = "必填项：中心编号和受试者编号，如01-0001。",
        ["origin"] = "必填项：PROSPECTIVE（前瞻性）或RETROSPECTIVE（回顾性）。",
        ["record_id"] = "请填写验证结果（verdicts）中的record_id。",
        ["expected_version"] = "请填写验证结果（verdicts）中的版本号。",
        ["reason"] = "修改时必填：请说明修改原因。",
        ["request_id"] = "请留空，或填写UUID。",
    };

    /// <summary>In Chinese, what to do about a reason; empty when it has no sentence.</summary>
    public static string Reason(string reason, FormTable table) =>
        OfReason.GetValueOrDefault(reason, "").Replace("{0}", table.HeaderName("reason"), StringComparison.Ordinal);

    /// <summary>In Chinese, what to do about a column that says something beside the form; empty when it has no sentence.</summary>
    public static string Field(string column) => OfField.GetValueOrDefault(column, "");
}
