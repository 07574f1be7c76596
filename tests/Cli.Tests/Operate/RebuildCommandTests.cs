using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Google.Protobuf;
using Grpc.Core;
using State = Equecel.Analytics.V1.RebuildProgress.Types.State;

namespace Equecel.Cli.Tests.Operate;

public sealed class RebuildCommandTests : IAsyncLifetime
{
    private readonly List<bool> followed = [];
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task It_is_followed_to_its_end_over_a_cut_and_begun_once()
    {
        platform.Analytics.OnRebuild = RunAsync;

        var run = await CommandLineRun.RunAsync(platform, "rebuild-analytics");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([false, true], followed);
        Assert.StartsWith("Rebuilt from 900 versions. 0 that only Analytics had were kept, and 0 with another hash.", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("rebuild: 900 rows", run.Error, StringComparison.Ordinal);

        async IAsyncEnumerable<RebuildProgress> RunAsync(RebuildRequest request)
        {
            followed.Add(request.FollowOnly);
            yield return new() { State = State.Reading, ReadCount = 500 };
            await Task.Yield();
            yield return request.FollowOnly ? new() { State = State.Done, ReadCount = 900 } : throw new RpcException(new Status(StatusCode.Unavailable, "Stopping."));
        }
    }

    [Fact]
    public async Task Hashes_that_differ_are_to_be_looked_into()
    {
        platform.Analytics.OnRebuild = _ => new[] { new RebuildProgress { State = State.Done, ReadCount = 9, CarriedCount = 1, DifferentCount = 2 } }.ToAsyncEnumerable();

        var run = await CommandLineRun.RunAsync(platform, "rebuild-analytics", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, JsonParser.Default.Parse<RebuildProgress>(run.Output).DifferentCount);
    }

    [Fact]
    public async Task Without_any_rebuild_there_is_none_to_follow()
    {
        platform.Analytics.OnRebuild = request =>
        {
            followed.Add(request.FollowOnly);
            return new[] { new RebuildProgress() }.ToAsyncEnumerable();
        };

        var run = await CommandLineRun.RunAsync(platform, "rebuild-analytics", "--follow");

        Assert.Equal((1, "There was no rebuild yet.\n"), (run.ExitCode, run.Output));
        Assert.Equal([true], followed);
    }
}
