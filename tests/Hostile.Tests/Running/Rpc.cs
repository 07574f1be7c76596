using Equecel.Common.V1;
using Google.Protobuf.Reflection;

namespace Equecel.Hostile.Tests.Running;

/// <summary>An RPC, as its contract describes it.</summary>
internal sealed record Rpc(MethodDescriptor Method)
{
    /// <summary>Every RPC of every service that the contracts have.</summary>
    public static IReadOnlyList<Rpc> All { get; } =
        [.. typeof(AccessExtensions).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null)).OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods).Select(method => new Rpc(method)).OrderBy(rpc => rpc.Path, StringComparer.Ordinal)];

    /// <summary>Every service: its resource and its audience have the name of its package.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. All.Select(rpc => rpc.Service).Distinct()];

    /// <summary>Every scope that a contract names.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
        [.. All.Select(rpc => rpc.Access).OfType<Access>().SelectMany(access => access.UnconfinedScopes.Append(access.Scope)).Distinct().Order(StringComparer.Ordinal)];

    public string Service => Method.Service.File.Package.Split('.')[1];

    public string Path => $"/{Method.Service.FullName}/{Method.Name}";

    public Access? Access => Method.GetOptions()?.GetExtension(AccessExtensions.Access);

    public MessageDescriptor Request => Method.InputType;

    /// <summary>Whether it takes a stream of submissions, or a single one.</summary>
    public bool TakesForms => Submissions.In(Request) is not null;

    public bool TakesStream => Method.IsClientStreaming;

    public static Rpc Find(string path) => All.Single(rpc => rpc.Path == path);

    public override string ToString() => Path;
}
