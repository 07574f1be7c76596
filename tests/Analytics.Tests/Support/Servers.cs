using Equecel.Testing;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Tests of what is answered, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Servers : ICollectionFixture<TestPostgres>, ICollectionFixture<TestRabbitMq>
{
    public const string Name = "servers";
}

/// <summary>Tests of what is taken in and operated, one after another, beside those: on the same servers, in databases of their own.</summary>
[CollectionDefinition(Name)]
public sealed class IngestionServers : ICollectionFixture<TestPostgres>, ICollectionFixture<TestRabbitMq>
{
    public const string Name = "ingestion servers";
}
