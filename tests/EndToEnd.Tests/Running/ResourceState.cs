namespace Equecel.EndToEnd.Tests.Running;

/// <summary>All resources, as the resource page tells them.</summary>
internal sealed record ResourceList(bool Ready, IReadOnlyList<ResourceState> Resources);

/// <summary>One resource.</summary>
internal sealed record ResourceState(
    string Name, string Type, string State, string? Health, string? Detail, int? Pid, int Restarts, IReadOnlyList<ResourceEndpoint> Endpoints);

/// <summary>An address that a resource listens on.</summary>
internal sealed record ResourceEndpoint(string Name, Uri Url);
