using Equecel.Enrolment.V1;
using Equecel.Records.Directory;
using StackExchange.Redis;

namespace Equecel.Records.Tests.Directory;

public sealed class DirectoryCacheTests
{
    public static TheoryData<Exception> Outages => new()
    {
        new RedisConnectionException(ConnectionFailureType.SocketFailure, "gone"),
        new TimeoutException(),
        // What waits on a connection that dies is cancelled.
        new TaskCanceledException(),
        new InvalidOperationException("Reading is not allowed after the reader was completed."),
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task However_Redis_fails_nothing_is_known_and_it_is_left_alone_for_a_while(Exception outage)
    {
        var asked = 0;
        var cache = new DirectoryCache(new Lazy<IConnectionMultiplexer>(() => throw Count(outage), LazyThreadSafetyMode.PublicationOnly), TimeProvider.System);

        Assert.Empty(await cache.FindAsync(["01-0001"]));
        Assert.Empty(await cache.FindAsync(["01-0001"]));
        cache.Put([new ParticipantFacts { Participant = "01-0001" }]);

        Assert.Equal(1, asked);

        Exception Count(Exception e)
        {
            asked++;
            return e;
        }
    }
}
