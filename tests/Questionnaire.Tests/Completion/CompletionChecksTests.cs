using Equecel.Common.V1;
using Equecel.Questionnaire.Eq5d;
using Equecel.Questionnaire.Qlq;
using Equecel.Questionnaire.V1;

namespace Equecel.Questionnaire.Tests.Completion;

public sealed class CompletionChecksTests
{
    private static readonly string[] Circumstances = ["visit", "instrument_version", "language", "mode", "proxy"];

    private static readonly Dictionary<string, Action<QlqC30>> Changes = new()
    {
        ["nothing"] = _ => { },
        ["no version"] = form => form.ClearInstrumentVersion(),
        ["blank version"] = form => form.InstrumentVersion = " ",
        ["version 2.0"] = form => form.InstrumentVersion = "2.0",
        ["long version"] = form => form.InstrumentVersion = new string('3', 21),
        ["no language"] = form => form.ClearLanguage(),
        ["language in words"] = form => form.Language = "Chinese!",
        ["language zh-Hans-CN"] = form => form.Language = "zh-Hans-CN",
        ["no mode"] = form => form.Mode = CompletionMode.Unspecified,
        ["no proxy"] = form => form.Proxy = YesNoUnknown.Unspecified,
        ["no answers"] = form => form.Answers.Clear(),
        ["one answer"] = form => Keep(form, 1),
        ["item 31"] = form => form.Answers[0].Item = 31,
        ["item 0"] = form => form.Answers[0].Item = 0,
        ["score 5"] = form => form.Answers[27].Score = 5,
        ["score 4"] = form => form.Answers[27].Score = 4,
        ["score 0"] = form => form.Answers[0].Score = 0,
        ["score 8"] = form => form.Answers[29].Score = 8,
        ["item 2 twice"] = form => form.Answers[2].Item = 2,
        ["31 answers"] = form => form.Answers.Add(new ItemAnswer { Item = 30, Score = 7 }),
        ["everything"] = form =>
        {
            form.ClearLanguage();
            form.Mode = CompletionMode.Unspecified;
            form.Answers[3].Score = 9;
        },
        ["not done"] = form => NotDone(form, MissingReason.Refused),
        ["not done, not available"] = form => NotDone(form, MissingReason.NotAvailable),
        ["not done, with answers"] = form => form.NotDoneReason = MissingReason.Refused,
    };

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("no version", "F01! instrument_version")]
    [InlineData("blank version", "F01! instrument_version, E05? instrument_version")]
    [InlineData("version 2.0", "E05? instrument_version")]
    [InlineData("long version", "F05! instrument_version, E05? instrument_version")]
    [InlineData("no language", "F01! language")]
    [InlineData("language in words", "F03! language")]
    [InlineData("language zh-Hans-CN", "")]
    [InlineData("no mode", "F01! mode")]
    [InlineData("no proxy", "F01! proxy")]
    [InlineData("no answers", "F01! answers")]
    [InlineData("one answer", "")]
    [InlineData("item 31", "F02! answers[0].item")]
    [InlineData("item 0", "F02! answers[0].item")]
    [InlineData("score 5", "F02! answers[27].score")]
    [InlineData("score 4", "")]
    [InlineData("score 0", "F02! answers[0].score")]
    [InlineData("score 8", "F02! answers[29].score")]
    [InlineData("item 2 twice", "F04! answers[2].item")]
    [InlineData("31 answers", "F04! answers[30].item, F08! answers")]
    [InlineData("everything", "F01! language, F01! mode, F02! answers[3].score")]
    [InlineData("not done", "")]
    [InlineData("not done, not available", "F04! not_done_reason")]
    [InlineData("not done, with answers", "F04! answers")]
    public void Every_fault_is_found_at_once(string what, string expected) =>
        Assert.Equal(expected, QlqC30Checks.Run(Form.QlqC30(Changes[what]), Form.Context()).Brief());

    [Fact]
    public void An_archive_may_lack_how_it_was_filled_in()
    {
        var form = Form.QlqC30(form =>
        {
            form.Visit = Visit.Unspecified;
            form.ClearInstrumentVersion();
            form.ClearLanguage();
            form.Mode = CompletionMode.Unspecified;
            form.Proxy = YesNoUnknown.Unspecified;
        });
        var missing = Circumstances.ToDictionary(field => field, _ => MissingReason.NotAvailable);

        Assert.Equal("", QlqC30Checks.Run(form, Form.Context(DataOrigin.Retrospective) with { Missing = missing }).Brief());
        Assert.Equal(
            "F01! visit, F01! instrument_version, F01! language, F01! mode, F01! proxy",
            QlqC30Checks.Run(form, Form.Context() with { Missing = missing }).Brief());
    }

    [Fact]
    public void An_archive_may_say_that_a_form_is_not_available() => Assert.Equal(
        "", QlqC30Checks.Run(Form.QlqC30(form => NotDone(form, MissingReason.NotAvailable)), Form.Context(DataOrigin.Retrospective)).Brief());

    [Theory]
    [InlineData("55555", null, "")]
    [InlineData("6----", null, "F02! answers[0].score")]
    [InlineData("-----", null, "F01! answers")]
    [InlineData("-----", 0, "")]
    [InlineData("11111", 100, "")]
    [InlineData("11111", 101, "F02! vas_score")]
    [InlineData("11111", -1, "F02! vas_score")]
    public void An_EQ_5D_5L_has_five_levels_and_a_VAS_of_0_to_100(string state, int? vas, string expected) =>
        Assert.Equal(expected, Eq5dChecks.Run(Form.Eq5d5l(state, vas), Form.Context()).Brief());

    [Theory]
    [InlineData("33333", "")]
    [InlineData("11141", "F02! answers[3].score")]
    public void An_EQ_5D_3L_has_three_levels(string state, string expected) => Assert.Equal(expected, Eq5dChecks.Run(Form.Eq5d3l(state), Form.Context()).Brief());

    [Fact]
    public void An_EQ_5D_that_was_not_done_has_no_VAS() => Assert.Equal(
        "F04! answers, F04! vas_score", Eq5dChecks.Run(Form.Eq5d5l(change: form => form.NotDoneReason = MissingReason.Refused), Form.Context()).Brief());

    private static void Keep(QlqC30 form, int count)
    {
        while (form.Answers.Count > count)
        {
            form.Answers.RemoveAt(count);
        }
    }

    private static void NotDone(QlqC30 form, MissingReason reason)
    {
        form.Answers.Clear();
        form.ClearInstrumentVersion();
        form.ClearLanguage();
        form.Mode = CompletionMode.Unspecified;
        form.Proxy = YesNoUnknown.Unspecified;
        form.NotDoneReason = reason;
    }
}
