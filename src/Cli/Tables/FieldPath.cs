using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Cli.Tables;

/// <summary>Where in a message a cell's value belongs, in the notation of findings: <c>comorbidities[0].term</c>.</summary>
internal sealed partial class FieldPath : IComparable<FieldPath>
{
    // As many elements as a list of a form may have.
    private const int MaxIndex = 999;

    private readonly IReadOnlyList<(FieldDescriptor Field, int? Index)> steps;

    private FieldPath(IReadOnlyList<(FieldDescriptor Field, int? Index)> steps) => this.steps = steps;

    /// <summary>The field that holds the value; a list when it is repeated.</summary>
    public FieldDescriptor Field => steps[^1].Field;

    /// <summary>Whether the value is one of the message's own fields and no list.</summary>
    public bool IsOwnSingleField => steps.Count == 1 && !Field.IsRepeated;

    /// <summary>Whether a value of the field fits into one cell: everything but messages other than instants.</summary>
    public static bool FitsCell(FieldDescriptor field) =>
        field.FieldType != FieldType.Message || field.MessageType.FullName == Timestamp.Descriptor.FullName;

    /// <summary>Reads a path.</summary>
    /// <param name="root">The message that it starts from.</param>
    /// <param name="text">The path.</param>
    /// <returns>The path; null when there is no such place for a cell.</returns>
    public static FieldPath? Find(MessageDescriptor root, string text)
    {
        var steps = new List<(FieldDescriptor, int?)>();
        var message = root;
        foreach (var part in text.Split('.'))
        {
            if (message is null || Step().Match(part) is not { Success: true } match || message.FindFieldByName(match.Groups[1].Value) is not { IsMap: false } field)
            {
                return null;
            }

            int? index = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : null;
            var isElement = field.IsRepeated && !FitsCell(field);
            if (isElement != index.HasValue || index > MaxIndex)
            {
                return null;
            }

            steps.Add((field, index));
            message = FitsCell(field) ? null : field.MessageType;
        }

        return message is null ? new FieldPath(steps) : null;
    }

    /// <summary>Finds the message that holds the field, and makes what is not there yet on the way to it.</summary>
    /// <param name="root">The message that the path starts from.</param>
    /// <param name="gap">The list's element that had to be left empty, such as <c>comorbidities[0]</c>; null when there is none.</param>
    public IMessage Owner(IMessage root, out string? gap)
    {
        gap = null;
        var owner = root;
        for (var i = 0; i < steps.Count - 1; i++)
        {
            var (field, index) = steps[i];
            if (index is { } place)
            {
                var list = (IList)field.Accessor.GetValue(owner);
                gap ??= list.Count < place ? $"{field.Name}[{list.Count}]" : null;
                while (list.Count <= place)
                {
                    list.Add(Empty(field.MessageType));
                }

                owner = (IMessage)list[place]!;
            }
            else
            {
                var inner = (IMessage?)field.Accessor.GetValue(owner);
                if (inner is null)
                {
                    inner = Empty(field.MessageType);
                    field.Accessor.SetValue(owner, inner);
                }

                owner = inner;
            }
        }

        return owner;
    }

    /// <summary>A new message of a type.</summary>
    public static IMessage Empty(MessageDescriptor type) => type.Parser.ParseFrom(ByteString.Empty);

    /// <summary>Compares by place in the contract, so that the elements of a list come in their order.</summary>
    public int CompareTo(FieldPath? other)
    {
        for (var i = 0; i < Math.Min(steps.Count, other!.steps.Count); i++)
        {
            var order = (steps[i].Field.Index, steps[i].Index ?? 0).CompareTo((other.steps[i].Field.Index, other.steps[i].Index ?? 0));
            if (order != 0)
            {
                return order;
            }
        }

        return steps.Count.CompareTo(other.steps.Count);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('.', steps.Select(step => step.Index is null ? step.Field.Name : $"{step.Field.Name}[{step.Index}]"));

    [GeneratedRegex(@"^([A-Za-z_][A-Za-z0-9_]*)(?:\[(0|[1-9][0-9]{0,2})\])?$")]
    private static partial Regex Step();
}
