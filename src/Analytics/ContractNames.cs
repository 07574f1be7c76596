using System.Globalization;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics;

/// <summary>Names of the contract as parts of other names and as words of a command line.</summary>
internal static class ContractNames
{
    /// <summary>Name of an enum's value: <c>adverse-events</c> for <c>TOPIC_ADVERSE_EVENTS</c>.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="file">The contract's file that has it.</param>
    /// <param name="value">The value.</param>
    public static string Of<T>(FileDescriptor file, T value)
        where T : struct, Enum
    {
        var type = file.EnumTypes.Single(type => type.Name == typeof(T).Name);
        return type.FindValueByNumber(Convert.ToInt32(value, CultureInfo.InvariantCulture)).Name[(typeof(T).Name.Length + 1)..].ToLowerInvariant().Replace('_', '-');
    }
}
