namespace Equecel.Testing.Running;

/// <summary>All resources, as the resource page tells them.</summary>
public sealed record ResourceList(bool Ready, IReadOnlyList<ResourceState> Resources);

/// <summary>One resource.</summary>
public sealed record ResourceState(
    string Name, string Type, string State, string? Health, string? Detail, int? Pid, int Restarts, IReadOnlyList<ResourceEndpoint> Endpoints);

/// <summary>An address that a resource listens on.</summary>
public sealed record ResourceEndpoint(string Name, Uri Url);
