namespace Equecel.DatasetJson;

/// <summary>Names of the types on the wire.</summary>
public static class DataTypes
{
    private static readonly string[] Names = ["string", "integer", "decimal", "float", "double", "boolean", "datetime", "date", "time", "URI"];

    /// <summary>All names, in the order of the standard.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of a type.</summary>
    /// <param name="type">The type.</param>
    public static string ToText(this DataType type) => Names[(int)type];

    /// <summary>The type of a name; null when there is none.</summary>
    /// <param name="name">The name, case matters.</param>
    public static DataType? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var found ? (DataType)found : null;
}
