using Google.Protobuf.Reflection;

namespace Equecel.Records.Forms;

/// <summary>Paths of fields, as findings write them: <c>comorbidities[2].term</c>.</summary>
internal static class FormPath
{
    /// <summary>Whether a message has the field.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">The path.</param>
    public static bool IsIn(MessageDescriptor message, string path)
    {
        var inside = message;
        foreach (var step in path.Split('.'))
        {
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            var field = inside?.FindFieldByName(bracket < 0 ? step : step[..bracket]);
            if (field is null || (bracket >= 0 && !(field.IsRepeated && IsIndex(step.AsSpan(bracket)))))
            {
                return false;
            }

            inside = field.FieldType == FieldType.Message ? field.MessageType : null;
        }

        return true;
    }

    private static bool IsIndex(ReadOnlySpan<char> text) =>
        text.Length is > 2 and < 8 && text[^1] == ']' && text[1..^1].IndexOfAnyExceptInRange('0', '9') < 0;
}
