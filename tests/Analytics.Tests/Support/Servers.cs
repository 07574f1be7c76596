using Equecel.Testing;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Tests of what is answered: they share servers, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class Servers : ICollectionFixture<TestPostgres>, ICollectionFixture<TestRabbitMq>
{
    public const string Name = "servers";
}

/// <summary>Tests of what is taken in and operated: they share other servers, beside those.</summary>
[CollectionDefinition(Name)]
public sealed class IngestionServers : ICollectionFixture<TestPostgres>, ICollectionFixture<TestRabbitMq>
{
    public const string Name = "ingestion servers";
}
