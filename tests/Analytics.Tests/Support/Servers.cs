using Equecel.Testing;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Tests that share the servers, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Servers : ICollectionFixture<TestPostgres>, ICollectionFixture<TestRabbitMq>
{
    public const string Name = "servers";
}
