using System.Collections;
using System.Text.RegularExpressions;
using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Hostile.Tests.Requests;

/// <summary>A field somewhere in a message, written as refusals write it: <c>participation.comorbidities[2].term</c>.</summary>
internal sealed partial class FieldPath
{
    private readonly (FieldDescriptor Field, int? Index)[] steps;

    private FieldPath((FieldDescriptor, int?)[] steps) => this.steps = steps;

    public FieldDescriptor Field => steps[^1].Field;

    /// <summary>Whether it is one element of a list.</summary>
    public bool IsElement => steps[^1].Index is not null;

    /// <summary>Finds the field that a path names; null when the message has none.</summary>
    public static FieldPath? Find(MessageDescriptor type, string path)
    {
        var steps = new List<(FieldDescriptor, int?)>();
        foreach (Match part in Part().Matches(path))
        {
            if (type?.FindFieldByName(part.Groups["name"].Value) is not { } field)
            {
                return null;
            }

            steps.Add((field, part.Groups["index"].Success ? int.Parse(part.Groups["index"].ValueSpan, null) : null));
            type = field.FieldType == FieldType.Message ? field.MessageType : null!;
        }

        return steps.Count > 0 ? new FieldPath([.. steps]) : null;
    }

    /// <summary>Every field of a message that holds a value and no message, and every list; forms other than the one in it are left out.</summary>
    public static IEnumerable<FieldPath> Leaves(IMessage message) => Leaves(message, []);

    /// <summary>The message that has the field, made with all above it.</summary>
    public IMessage OwnerIn(IMessage message)
    {
        foreach (var (field, index) in steps[..^1])
        {
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                while (list.Count <= (index ?? 0))
                {
                    list.Add(Submissions.New(field.MessageType));
                }

                message = (IMessage)list[index ?? 0]!;
                continue;
            }

            if (field.Accessor.GetValue(message) is not IMessage inner)
            {
                inner = Submissions.New(field.MessageType);
                field.Accessor.SetValue(message, inner);
            }

            message = inner;
        }

        return message;
    }

    public object? ValueIn(IMessage message)
    {
        var value = Field.Accessor.GetValue(OwnerIn(message));
        return steps[^1].Index is { } index ? ((IList)value)[index] : value;
    }

    /// <summary>Sets the value; null takes it away.</summary>
    public void Set(IMessage message, object? value)
    {
        var owner = OwnerIn(message);
        if (Field.IsRepeated)
        {
            var list = (IList)Field.Accessor.GetValue(owner);
            list.Clear();
            foreach (var element in value as IEnumerable<object> ?? [])
            {
                list.Add(element);
            }
        }
        else if (value is null)
        {
            Field.Accessor.Clear(owner);
        }
        else
        {
            Field.Accessor.SetValue(owner, value);
        }
    }

    public override string ToString() => string.Join('.', steps.Select(step => step.Index is { } index ? $"{step.Field.Name}[{index}]" : step.Field.Name));

    [GeneratedRegex(@"(?<name>\w+)(\[(?<index>[0-9]+)\])?\.?")]
    private static partial Regex Part();

    private static IEnumerable<FieldPath> Leaves(IMessage message, (FieldDescriptor, int?)[] above)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) != field)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                yield return new FieldPath([.. above, (field, null)]);
                if (field.FieldType == FieldType.Message)
                {
                    foreach (var (index, element) in ((IList)field.Accessor.GetValue(message)).Cast<IMessage>().Index().Take(1))
                    {
                        foreach (var leaf in Leaves(element, [.. above, (field, index)]))
                        {
                            yield return leaf;
                        }
                    }
                }
            }
            else if (field.FieldType == FieldType.Message && field.MessageType.File.Package.StartsWith("equecel", StringComparison.Ordinal))
            {
                var inner = (IMessage?)field.Accessor.GetValue(message) ?? Submissions.New(field.MessageType);
                foreach (var leaf in Leaves(inner, [.. above, (field, null)]))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return new FieldPath([.. above, (field, null)]);
            }
        }
    }
}
