using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Records.Proof;

/// <summary>In which fields two messages of one type differ.</summary>
public static class FieldChanges
{
    // Chinese stays readable; what is written goes into protobuf, not into a page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compares field by field, in the order of the proto. Values are JSON; a field that is not there has none.</summary>
    /// <param name="before">The message before; null when there was none.</param>
    /// <param name="after">The message after.</param>
    public static IEnumerable<FieldChange> Between(IMessage? before, IMessage after)
    {
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (before is null ? [] : Flatten(before), Flatten(after));
        foreach (var field in now.Keys.Concat(old.Keys.Where(field => !now.ContainsKey(field))))
        {
            var (oldValue, newValue) = (old.GetValueOrDefault(field), now.GetValueOrDefault(field));
            if (oldValue != newValue)
            {
                var change = new FieldChange { Field = field };
                if (oldValue is not null)
                {
                    change.OldValue = oldValue;
                }

                if (newValue is not null)
                {
                    change.NewValue = newValue;
                }

                yield return change;
            }
        }
    }

    private static OrderedDictionary<string, string> Flatten(IMessage message)
    {
        var values = new OrderedDictionary<string, string>();
        Flatten(message, "", values);
        return values;
    }

    private static void Flatten(IMessage message, string path, OrderedDictionary<string, string> values)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsRepeated)
            {
                foreach (var (index, item) in ((System.Collections.IList)value).Cast<object>().Index())
                {
                    Add(field, item, $"{path}{field.Name}[{index}]", values);
                }
            }
            else if (field.HasPresence ? field.Accessor.HasValue(message) : !IsDefault(value))
            {
                Add(field, value, path + field.Name, values);
            }
        }
    }

    private static void Add(FieldDescriptor field, object value, string name, OrderedDictionary<string, string> values)
    {
        if (value is IMessage inner and not Timestamp)
        {
            Flatten(inner, name + ".", values);
            return;
        }

        values[name] = value switch
        {
            Timestamp instant => JsonFormatter.Default.Format(instant),
            string text => JsonSerializer.Serialize(text, Readable),
            bool yes => yes ? "true" : "false",
            ByteString bytes => JsonSerializer.Serialize(bytes.ToBase64()),
            _ when field.FieldType == FieldType.Enum => JsonSerializer.Serialize(
                field.EnumType.FindValueByNumber((int)value)?.Name ?? ((int)value).ToString(CultureInfo.InvariantCulture)),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static bool IsDefault(object? value) => value is null or "" or 0 or 0L or 0u or 0ul or 0d or 0f or false
        || (value is System.Enum && Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0)
        || (value is ByteString bytes && bytes.Length == 0);
}
