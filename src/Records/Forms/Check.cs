using Equecel.Common.V1;
using Equecel.Records.V1;
using Google.Protobuf.Collections;

namespace Equecel.Records.Forms;

/// <summary>Findings that the checks of many forms have in common. A condition that does not fire finds null.</summary>
/// <remarks>Codes F01 to F08 are about the shape of a form; others come from the data validation plan.</remarks>
public static class Check
{
    /// <summary>Offset of China's time, all year.</summary>
    public static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>A reason to refuse the form.</summary>
    /// <param name="code">Code of the check.</param>
    /// <param name="field">Field of the form.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="messageZh">The same in Chinese.</param>
    public static Finding Hard(string code, string field, string message, string messageZh) =>
        new() { Code = code, Field = field, Severity = Severity.Hard, Message = message, MessageZh = messageZh };

    /// <summary>A question to the site.</summary>
    /// <param name="code">Code of the check.</param>
    /// <param name="field">Field of the form.</param>
    /// <param name="message">What is unusual.</param>
    /// <param name="messageZh">The same in Chinese.</param>
    public static Finding Query(string code, string field, string message, string messageZh) =>
        new() { Code = code, Field = field, Severity = Severity.Query, Message = message, MessageZh = messageZh };

    /// <summary>F01: a required field is empty. Data from an archive may state that the source is not available.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="given">Whether it has a value.</param>
    public static Finding? Required(FormContext context, string field, bool given) =>
        given || (context.Origin == DataOrigin.Retrospective && context.Missing.GetValueOrDefault(field) == MissingReason.NotAvailable)
            ? null
            : Hard("F01", field,
                context.Origin == DataOrigin.Retrospective
                    ? "Required. Fill it in, or state that the source record is not available (MISSING_REASON_NOT_AVAILABLE)."
                    : "Required. Fill it in.",
                "必填项，请填写。");

    /// <summary>F01 for a field that the platform cannot do without.</summary>
    /// <param name="field">The field.</param>
    /// <param name="given">Whether it has a value.</param>
    public static Finding? Needed(string field, bool given) => given ? null : Hard("F01", field, "Required. Fill it in.", "必填项，请填写。");

    /// <summary>F01 and F05: a text that is empty, blank or too long.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">The text.</param>
    /// <param name="maxLength">Most characters.</param>
    public static Finding? RequiredText(FormContext context, string field, string value, int maxLength) =>
        string.IsNullOrWhiteSpace(value) ? Required(context, field, given: false) : Text(field, value, maxLength);

    /// <summary>F05: a text that is too long.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The text.</param>
    /// <param name="maxLength">Most characters.</param>
    public static Finding? Text(string field, string value, int maxLength) => value.Length <= maxLength
        ? null
        : Hard("F05", field, $"At most {maxLength} characters; this has {value.Length}.", $"最多{maxLength}个字符，现有{value.Length}个。");

    /// <summary>F02: a number that is not possible; with a usual range, E05: one that is unusual.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The number, compared as a decimal; null when it is not there.</param>
    /// <param name="possible">Smallest and largest possible.</param>
    /// <param name="usual">Smallest and largest usual; null when every possible number is usual.</param>
    public static Finding? Range(string field, double? value, (decimal Low, decimal High) possible, (decimal Low, decimal High)? usual = null)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return null;
        }

        // Beyond the decimal's own range nothing clinical lies.
        if (Math.Abs(number) > 1e15 || (decimal)number < possible.Low || (decimal)number > possible.High)
        {
            return Hard("F02", field, $"{number:R} is not possible; give {possible.Low} to {possible.High}. Check the unit.",
                $"{number:R}超出可能范围（{possible.Low}至{possible.High}），请检查单位。");
        }

        return usual is { } range && ((decimal)number < range.Low || (decimal)number > range.High)
            ? Query("E05", field, $"Unusual {field}; please confirm.", $"{field}数值异常，请核实。")
            : null;
    }

    /// <summary>E01: a date that has not come yet.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="date">The date; null when it is not there.</param>
    public static Finding? NotInFuture(FormContext context, string field, DateOnly? date) =>
        date > context.Today ? Hard("E01", field, $"{field} cannot be in the future.", $"{field}不能晚于今天。") : null;

    /// <summary>E29: data of a day on which nothing may be collected any more.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="date">The date; null when it is not there.</param>
    public static Finding? BeforeWithdrawal(FormContext context, string field, DateOnly? date) =>
        date is not null && context.Facts is { HasCollectionEndDate: true } facts && date > CivilDate.Find(facts.CollectionEndDate)
            ? Hard("E29", field, "No data may be collected after withdrawal of consent.", "撤回知情同意后不得继续收集数据。")
            : null;

    /// <summary>F08: a list with too many elements.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="field">The field.</param>
    /// <param name="list">The list.</param>
    /// <param name="max">Most elements.</param>
    public static Finding? Count<T>(string field, RepeatedField<T> list, int max) => list.Count <= max
        ? null
        : Hard("F08", field, $"At most {max} elements; this has {list.Count}.", $"最多{max}项，现有{list.Count}项。");

    /// <summary>F03 and F01: a civil date that is required.</summary>
    /// <param name="context">The form's context.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">The date as sent.</param>
    /// <param name="date">The date; null when it is empty or wrong.</param>
    public static Finding? RequiredDate(FormContext context, string field, string text, out DateOnly? date)
    {
        date = null;
        return text.Length == 0 ? Required(context, field, given: false) : Date(field, text, out date);
    }

    /// <summary>F03: a civil date in another format, or not on the calendar.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">The date as sent; empty when it is not there.</param>
    /// <param name="date">The date; null when it is empty or wrong.</param>
    public static Finding? Date(string field, string text, out DateOnly? date)
    {
        date = text.Length == 0 ? null : CivilDate.Find(text);
        return text.Length == 0 || date is not null
            ? null
            : Hard("F03", field, "Write the date as yyyy-MM-dd, between 1900-01-01 and 2199-12-31.", "日期格式应为yyyy-MM-dd，且在1900-01-01至2199-12-31之间。");
    }
}
