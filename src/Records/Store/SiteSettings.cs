using Npgsql;

namespace Equecel.Records.Store;

/// <summary>Tells the database whose rows a transaction is about. Its policies then judge every row that is read or written.</summary>
internal static class SiteSettings
{
    /// <summary>
    /// The first command of a batch: the batch is one transaction, and the setting ends with it. Its result is a row of the setting
    /// and of the transaction id below which everything is certain.
    /// </summary>
    /// <param name="sites">Codes of the sites; the rows of all others are as if they were not there.</param>
    public static NpgsqlBatchCommand Command(IEnumerable<string> sites) =>
        new("select set_config('app.sites', ($1::text[])::text, true), pg_snapshot_xmin(pg_current_snapshot())")
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. sites.Distinct()] } },
        };
}
