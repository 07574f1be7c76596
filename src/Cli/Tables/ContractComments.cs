using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Equecel.Cli.Tables;

/// <summary>What the contracts say about their elements, in the comments of the protos.</summary>
internal static class ContractComments
{
    // Numbers of the fields of descriptor.proto, of which the paths of a comment consist.
    private const int MessageOfFile = 4;
    private const int EnumOfFile = 5;
    private const int FieldOfMessage = 2;
    private const int MessageOfMessage = 3;
    private const int EnumOfMessage = 4;
    private const int ValueOfEnum = 2;

    private static readonly FrozenDictionary<string, string> ByName = Read();

    /// <summary>What is said about a message.</summary>
    public static string Of(MessageDescriptor message) => ByName.GetValueOrDefault(message.FullName, "");

    /// <summary>What is said about a field.</summary>
    public static string Of(FieldDescriptor field) => ByName.GetValueOrDefault(field.FullName, "");

    /// <summary>What is said about a value of an enum.</summary>
    public static string Of(EnumValueDescriptor value) => ByName.GetValueOrDefault($"{value.EnumDescriptor.FullName}.{value.Name}", "");

    /// <summary>Whether a field is for the service alone to fill in.</summary>
    public static bool IsOutput(FieldDescriptor field) => Of(field).StartsWith("Output only.", StringComparison.Ordinal);

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(ContractComments).Assembly.GetManifestResourceStream("contracts.pb")
            ?? throw new InvalidOperationException("The program was built without the contracts.");
        var comments = new Dictionary<string, string>();
        foreach (var file in FileDescriptorSet.Parser.ParseFrom(stream).File.Where(file => file.Package.StartsWith("equecel.", StringComparison.Ordinal)))
        {
            foreach (var location in file.SourceCodeInfo.Location.Where(location => location.LeadingComments.Length > 0))
            {
                if (FindName(file, location.Path) is { } name)
                {
                    comments[name] = string.Join(' ', location.LeadingComments.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                }
            }
        }

        return comments.ToFrozenDictionary();
    }

    private static string? FindName(FileDescriptorProto file, IReadOnlyList<int> path) => path switch
    {
        [MessageOfFile, var place, ..] => FindName(file.MessageType[place], file.Package, [.. path.Skip(2)]),
        [EnumOfFile, var place, ..] => FindName(file.EnumType[place], file.Package, [.. path.Skip(2)]),
        _ => null,
    };

    private static string? FindName(DescriptorProto message, string around, int[] path) => path switch
    {
        [] => $"{around}.{message.Name}",
        [FieldOfMessage, var place] => $"{around}.{message.Name}.{message.Field[place].Name}",
        [MessageOfMessage, var place, .. var inside] => FindName(message.NestedType[place], $"{around}.{message.Name}", inside),
        [EnumOfMessage, var place, .. var inside] => FindName(message.EnumType[place], $"{around}.{message.Name}", inside),
        _ => null,
    };

    private static string? FindName(EnumDescriptorProto type, string around, int[] path) => path switch
    {
        [] => $"{around}.{type.Name}",
        [ValueOfEnum, var place] => $"{around}.{type.Name}.{type.Value[place].Name}",
        _ => null,
    };
}
