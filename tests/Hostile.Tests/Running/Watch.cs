using System.Text.RegularExpressions;
using Equecel.Hostile.Tests.Requests;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Running;

/// <summary>Sees whether an attack did harm: who lives, how large, what the logs say, and whether good calls still work.</summary>
internal sealed partial class Watch
{
    // Code that was compiled on the way, and pools. What an attack holds or leaks is more.
    private const long MostGrowthKiB = 250 * 1024;

    // The gateway says that a call was cut off.
    private const string CutOff = "Yarp.ReverseProxy.Forwarder";

    // A level is the first word of a line, after its time; elsewhere it is what somebody sent, who has forged no line with it.
    private static readonly string[] Levels = ["warn:", "fail:", "crit:"];
    private static readonly string[] Surprises = ["Unhandled exception", "PANIC:", "FATAL:", "ERROR:"];

    private static readonly IReadOnlyList<Rpc> GoodRpcs = [.. Rpc.All.Where(rpc => rpc.Access!.ConfinedToSite || rpc.Access.Scope == "equecel.study")];

    private readonly HostilePlatform platform;
    private readonly IReadOnlyList<ResourceState> before;
    private readonly Dictionary<string, long> sizesKiB;
    private readonly Dictionary<string, int> readLines = [];
    private readonly HashSet<string> overrun = [];
    private int turn;

    private Watch(HostilePlatform platform, IReadOnlyList<ResourceState> before)
    {
        this.platform = platform;
        this.before = before;
        sizesKiB = Processes(before).ToDictionary(resource => resource.Name, resource => SizeKiB(resource.Pid!.Value));
    }

    /// <summary>Begins once everything is healthy: a service that is ready before the broker is says so until it has reached it.</summary>
    public static async Task<Watch> BeginAsync(HostilePlatform platform)
    {
        var watch = new Watch(platform, (await platform.Platform.ResourcesAsync()).Resources);
        await Eventually.IsAsync(watch.FindChangeAsync);
        watch.Surprising();
        return watch;
    }

    /// <summary>Fails when anything is not as it was, or the logs say what they need not.</summary>
    /// <param name="expected">What an attack may bring into the logs.</param>
    public async Task UnharmedAsync(params string[] expected)
    {
        foreach (var direct in (bool[])[false, true])
        {
            await GoodCallsWorkAsync(GoodRpcs, direct);
        }

        await Eventually.IsAsync(FindChangeAsync);
        var surprises = Surprising().Where(line => !IsGivenUp(line) && !expected.Append(CutOff).Any(text => line.Contains(text, StringComparison.Ordinal))).ToList();
        Assert.True(surprises.Count == 0, $"{surprises.Count} lines: {string.Join('\n', surprises.Take(10))}");
    }

    private static IEnumerable<ResourceState> Processes(IReadOnlyList<ResourceState> resources) => resources.Where(resource => resource.Pid is not null);

    private static long SizeKiB(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null);

    private async Task<string?> FindChangeAsync()
    {
        var now = (await platform.Platform.ResourcesAsync()).Resources;
        foreach (var resource in now)
        {
            var was = before.Single(known => known.Name == resource.Name);
            if (resource.Pid != was.Pid || resource.Restarts != was.Restarts)
            {
                throw new InvalidOperationException($"{resource.Name} died.");
            }

            if (resource.Health is not (null or "Healthy"))
            {
                return $"{resource.Name} is {resource.Health}: {resource.Detail}";
            }
        }

        foreach (var resource in Processes(now))
        {
            var growth = SizeKiB(resource.Pid!.Value) - sizesKiB[resource.Name];
            if (growth > MostGrowthKiB)
            {
                await Garbage.CollectAsync(resource.Pid.Value);
                return $"{resource.Name} is {growth} KiB larger than at the start";
            }
        }

        return null;
    }

    /// <summary>Makes good calls of what is attacked for as long as that lasts, then one of every RPC that sites and the study use.</summary>
    /// <param name="attacking">The attack.</param>
    /// <param name="service">The service that is attacked past the gateway; null for the gateway.</param>
    public async Task GoodCallsWorkAsync(Task attacking, string? service)
    {
        var attacked = GoodRpcs.Where(rpc => service is null || rpc.Service == service).ToList();
        do
        {
            // The next attack begins with an RPC that this one did not come to.
            await GoodCallsWorkAsync([attacked[turn++ % attacked.Count]], service is not null);
        }
        while (!attacking.IsCompleted);

        await attacking;
        await GoodCallsWorkAsync(GoodRpcs, service is not null);
    }

    private async Task GoodCallsWorkAsync(IEnumerable<Rpc> rpcs, bool direct)
    {
        var subject = await platform.SubjectAsync("01");
        await AtOnce.EachAsync(rpcs, async rpc =>
        {
            var confined = rpc.Access!.ConfinedToSite;
            var request = RequestMaker.Make(rpc, subject).Last();
            var outcome = await platform.To(rpc, direct).CallAsync(
                rpc, confined ? platform.SiteToken("01") : platform.Token("equecel.study"), request.ToByteArray());
            var first = outcome.OfFirstRow(rpc);
            // A record that there is one of is there; a retraction names a version that is not; nobody can be frozen or thawed.
            var good = rpc.Request.FindFieldByName("code") is null
                ? first.Code is StatusCode.OK or StatusCode.AlreadyExists or StatusCode.Aborted
                : first.Code is StatusCode.FailedPrecondition;
            Assert.True(good, $"{rpc} {(direct ? "past" : "through")} the gateway: {first}");
        });
    }

    private static bool IsSurprise(string line) =>
        Surprises.Any(text => line.Contains(text, StringComparison.Ordinal))
        || Levels.Any(level => line.StartsWith(level, StringComparison.Ordinal) || line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) + 1).StartsWith(level, StringComparison.Ordinal));

    // Of the connections that Kestrel cuts off because their answers queue up, one in twenty never completes: it says so when it frees
    // what they held. Of any other connection that would be a call that hangs.
    private bool IsGivenUp(string line) => NeverCompleted.Match(line) is { Success: true } match && overrun.Contains(match.Groups["connection"].Value);

    [GeneratedRegex("""^\S+\.log: \S+ crit: Microsoft\.AspNetCore\.Server\.Kestrel\[23\] \S+ +Connection id "(?<connection>\w+)" application never completed\.""")]
    private static partial Regex NeverCompleted { get; }

    [GeneratedRegex("""^\S+\.log: \S+ crit: Microsoft\.AspNetCore\.Server\.Kestrel\S*\[60\] \S+ +Connection id "(?<connection>\w+)" exceeded the output operations maximum queue size\.""")]
    private static partial Regex Overrun { get; }

    private List<string> Surprising()
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(platform.Platform.LogFolder, "*.log").Where(file => !file.EndsWith(".previous.log", StringComparison.Ordinal)))
        {
            var lines = File.ReadAllLines(file);
            var from = readLines.GetValueOrDefault(file);
            // What a line begins goes on in the next ones, which say what about.
            found.AddRange(lines.Index().Skip(from).Where(line => IsSurprise(line.Item))
                .Select(line => $"{Path.GetFileName(file)}: {string.Join(' ', lines.Skip(line.Index).Take(4))}"));
            readLines[file] = lines.Length;
        }

        overrun.UnionWith(found.Select(line => Overrun.Match(line)).Where(match => match.Success).Select(match => match.Groups["connection"].Value));
        return found;
    }
}
