namespace Equecel.Compat.Tests.Hosting;

/// <summary>What the resource page answers as JSON.</summary>
internal sealed record Resources(bool Ready, IReadOnlyList<Resources.Entry> Items)
{
    [System.Text.Json.Serialization.JsonPropertyName("resources")]
    public IReadOnlyList<Entry> Items { get; init; } = Items;

    public Entry this[string name] => Items.Single(resource => resource.Name == name);

    internal sealed record Entry(
        string Name, string Type, string State, string? Health, string? Detail, int? Pid, int Restarts, double? ReadyAfterSeconds,
        IReadOnlyList<Endpoint> Endpoints, IReadOnlyList<string> Log)
    {
        public string Url(string endpoint) => Endpoints.Single(candidate => candidate.Name == endpoint).Url;
    }

    internal sealed record Endpoint(string Name, string Url);
}
