using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Forms;

/// <summary>Finds values that cannot be kept exactly: what is accepted reads back identical, and the rest is refused with its field.</summary>
public static class WireValues
{
    /// <summary>Code of the finding that a list has more elements than any may have. It stands for all of them: they are not looked into.</summary>
    internal const string TooMany = "F08";

    private const int MaxTextLength = 10_000;
    private const int MaxElements = 1_000;
    private static readonly long EarliestSeconds = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly long LatestSeconds = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() - 1;

    /// <summary>Finds them in a message and in the messages inside it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">Prefix of the fields in the findings.</param>
    public static IEnumerable<Finding> Check(IMessage message, string path = "")
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var name = path + field.Name;
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                if (list.Count > MaxElements)
                {
                    yield return Forms.Check.Hard(TooMany, name, $"At most {MaxElements} elements; this has {list.Count}.", $"最多{MaxElements}项，现有{list.Count}项。");
                    continue;
                }

                for (var i = 0; i < list.Count; i++)
                {
                    foreach (var finding in CheckValue(field, list[i]!, $"{name}[{i}]"))
                    {
                        yield return finding;
                    }
                }
            }
            else if (!field.HasPresence || field.Accessor.HasValue(message))
            {
                foreach (var finding in CheckValue(field, field.Accessor.GetValue(message), name))
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>Whether a timestamp is an instant from 1900 to 2199.</summary>
    /// <param name="time">The timestamp.</param>
    public static bool IsInstant(Timestamp time) =>
        time.Seconds >= EarliestSeconds && time.Seconds <= LatestSeconds && time.Nanos is >= 0 and <= 999_999_999;

    private static IEnumerable<Finding> CheckValue(FieldDescriptor field, object value, string name) => field.FieldType switch
    {
        FieldType.String => CheckText((string)value, name),
        FieldType.Double or FieldType.Float => double.IsFinite(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture))
            ? []
            : [Forms.Check.Hard("F02", name, "Give a number; this is not one.", "请填写有效数值。")],
        // Generated enums are plain numbers: one that the contract does not know stays as it is.
        FieldType.Enum => field.EnumType.FindValueByNumber((int)value) is not null
            ? []
            : [Forms.Check.Hard("F04", name, $"{(int)value} is not a value of {field.EnumType.Name}.", $"{(int)value}不是{field.EnumType.Name}的有效取值。")],
        FieldType.Message => value is Timestamp time ? CheckInstant(time, name) : Check((IMessage)value, name + "."),
        _ => [],
    };

    private static IEnumerable<Finding> CheckText(string text, string name)
    {
        if (text.Length > MaxTextLength)
        {
            yield return Forms.Check.Hard("F05", name, $"At most {MaxTextLength} characters; this has {text.Length}.", $"最多{MaxTextLength}个字符，现有{text.Length}个。");
        }

        // The parser turns bytes that are not UTF-8 into U+FFFD; a database cannot keep control characters.
        if (text.AsSpan().ContainsAnyInRange('\0', '\x08') || text.AsSpan().ContainsAnyInRange('\x0b', '\x0c')
            || text.AsSpan().ContainsAnyInRange('\x0e', '\x1f') || text.AsSpan().ContainsAny('\x7f', '\ufffd'))
        {
            yield return Forms.Check.Hard("F06", name, "Contains control characters or text that is not UTF-8. Remove them.", "包含控制字符或非UTF-8文本，请删除。");
        }
    }

    private static IEnumerable<Finding> CheckInstant(Timestamp time, string name)
    {
        if (!IsInstant(time))
        {
            yield return Forms.Check.Hard("F02", name, "Give an instant between 1900 and 2199.", "时间应在1900年至2199年之间。");
        }
    }
}
