using Equecel.Analytics.Tables.Topics.Quality;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Quality of the data: what is there of what is expected, how soon it came, and what is asked about it.</summary>
/// <remarks>Visits and windows: clinical domain reference, section 4.</remarks>
internal sealed class DataQuality : Topic
{
    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.DataQuality;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Data quality", "数据质量");

    /// <inheritdoc/>
    public override bool IncludesNotInfused => true;

    /// <inheritdoc/>
    public override bool NeedsHistory => true;

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Everybody who takes part; forms expected at the visits of the schedule whose window has closed, until withdrawal or death; on time: dated within the window; "
        + "key fields: those that endpoints and derivations need, filled in whatever the reason when not; lag: from the form's clinical date to its first save (UTC+8), prospective records whose day is known; "
        + "data queries about participants' records as they stood at the instant, whatever the cut-off, with their age since they were opened last; "
        + "shares of forms and fields without intervals, as those of one participant go together; quartiles averaged at jumps (type 2)",
        "全部参加者；应有表单：访视计划中窗口已结束的访视，至退出或死亡为止；按时：日期在访视窗内；"
        + "关键字段：终点和推导所需的字段，未填写者不论原因；滞后：自表单的临床日期至首次保存（UTC+8），限日期完整的前瞻性记录；"
        + "数据质疑：截至该时刻关于受试者记录的质疑，不受数据截止日限制，时长自末次开启起算；"
        + "表单和字段的比例不列区间，因同一受试者的数据彼此相关；四分位数在跳跃处取平均（第2型）");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        FormsAtVisits.Define(sheet);
        KeyFields.Define(sheet);
        EntryLag.Define(sheet);
        QueriesAsked.Define(sheet);
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        FormsAtVisits.Add(sheet, subject, question.Today);
        KeyFields.Add(sheet, subject);
        EntryLag.Add(sheet, subject);
        QueriesAsked.Add(sheet, subject, question.Instant);
    }
}
