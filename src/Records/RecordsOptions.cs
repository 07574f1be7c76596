namespace Equecel.Records;

/// <summary>Which capture service this is.</summary>
/// <param name="Service">Name of the service on the wire: first part of its routing keys, such as <c>safety</c>.</param>
public sealed record RecordsOptions(string Service)
{
    /// <summary>Name of the connection string of its database.</summary>
    public string Database => $"{Service}db";
}
