using System.Net;
using System.Net.Sockets;
using Equecel.Audit;
using Npgsql;

namespace Equecel.Records.Tests.Store;

public sealed class TransientFailureTests
{
    public static TheoryData<Exception, bool> Failures => new()
    {
        { new NpgsqlException("The connection is broken.", new IOException()), true },
        { new NpgsqlException("What came cannot be read."), true },
        { new TimeoutException(), true },
        { Refusal(PostgresErrorCodes.AdminShutdown), true },
        { Refusal(PostgresErrorCodes.CannotConnectNow), true },
        { Refusal(PostgresErrorCodes.UniqueViolation), false },
        { Refusal(PostgresErrorCodes.UndefinedTable), false },
        { Refusal(PostgresErrorCodes.InternalError), false },
        { Refusal(PostgresErrorCodes.InternalError, "FATAL"), true },
        { Refusal(PostgresErrorCodes.InvalidPassword, "FATAL"), false },
        { new InvalidOperationException(), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void What_only_the_connection_failed_by_may_be_tried_again(Exception failure, bool isTransient) =>
        Assert.Equal(isTransient, DatabaseFailure.IsTransient(failure));

    [Fact]
    public async Task A_server_that_dies_while_it_answers_whether_it_encrypts_is_away_for_the_moment()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dying = DieAsync(listener);

        await using var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=nobody;Pooling=false;SSL Mode=Prefer;GSS Encryption Mode=Disable");
        var failure = await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());
        await dying;

        Assert.True(DatabaseFailure.IsTransient(failure), failure.ToString());
    }

    // PostgreSQL warns whoever is connected when it ends in haste, also before it was asked anything: message type N.
    private static async Task DieAsync(TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync();
        await socket.ReceiveAsync(new byte[8]);
        await socket.SendAsync("NN\0\0\0\x04"u8.ToArray());
    }

    private static PostgresException Refusal(string sqlState, string severity = "ERROR") => new("refused", severity, severity, sqlState);
}
