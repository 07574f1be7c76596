using Equecel.Records.Store;

namespace Equecel.Benchmarks.Figures;

/// <summary>The tables of a capture service, for a database of our own.</summary>
internal static class RecordTables
{
    /// <summary>What makes them, with all their indexes and checks.</summary>
    public static string Schema { get; } = Read()
        .Replace("$service", "postgres", StringComparison.Ordinal).Replace("$reader", "postgres", StringComparison.Ordinal).Replace("$redactor", "postgres", StringComparison.Ordinal);

    private static string Read()
    {
        using var reader = new StreamReader(typeof(Journal).Assembly.GetManifestResourceStream("Schema.sql")!);
        return reader.ReadToEnd();
    }
}
