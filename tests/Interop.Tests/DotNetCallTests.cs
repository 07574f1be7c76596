namespace Equecel.Interop.Tests;

/// <summary>The same with Grpc.Net.Client.</summary>
public sealed class DotNetCallTests(InteropServer server) : CallTests(server, new DotNetCaller());
