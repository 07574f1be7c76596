namespace Equecel.Interop.Tests;

/// <summary>The same with a client that is not .NET: @grpc/grpc-js.</summary>
public sealed class NodeCallTests(InteropServer server) : CallTests(server, new NodeCaller());
