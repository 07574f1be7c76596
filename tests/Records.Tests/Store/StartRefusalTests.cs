using Equecel.Audit;
using Npgsql;

namespace Equecel.Records.Tests.Store;

public sealed class StartRefusalTests
{
    private const string NoPassword = "No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)";

    [Theory]
    [InlineData("28P01", "PostgreSQL refuses the password of the user 'owner': give the right one in ConnectionStrings__safetydb.")]
    [InlineData("28000", "PostgreSQL does not let the user 'owner' in: create that role with LOGIN, admit it in pg_hba.conf, or name another in ConnectionStrings__safetydb.")]
    [InlineData("3D000", "PostgreSQL has no database 'safety': create it, or name another in ConnectionStrings__safetydb.")]
    [InlineData("42501", "PostgreSQL does not let the user 'owner' set up the database 'safety': let it own the database and create roles, or name another in ConnectionStrings__safetydb.")]
    [InlineData("57P03", null)]
    [InlineData("53300", null)]
    [InlineData("40001", null)]
    [InlineData("42703", null)]
    public void What_no_waiting_mends_says_what_to_do(string sqlState, string? expected) =>
        Assert.Equal(expected, Find(new PostgresException("refused", "FATAL", "FATAL", sqlState)));

    [Fact]
    public void A_password_that_is_not_given_is_asked_for() => Assert.Equal(
        "PostgreSQL wants a password of the user 'owner': give it in ConnectionStrings__safetydb.", Find(new NpgsqlException(NoPassword), password: ""));

    [Fact]
    public void A_server_that_is_away_is_waited_for()
    {
        Assert.Null(Find(new NpgsqlException("Failed to connect to 127.0.0.1:5432", new IOException())));
        Assert.Null(Find(new NpgsqlException("What came cannot be read."), password: ""));
        Assert.Null(Find(new TimeoutException()));
    }

    private static string? Find(Exception failure, string password = "hunter2") => StartRefusal.Find(
        failure, "safetydb", new NpgsqlConnectionStringBuilder { Host = "db", Username = "owner", Password = password, Database = "safety" });
}
