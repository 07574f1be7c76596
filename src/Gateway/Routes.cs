using System.Net;
using Equecel.Analytics.V1;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Equecel.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Equecel.Gateway;

/// <summary>Where each call goes: by the gRPC service in its path, and the token endpoint to Identity.</summary>
internal static class Routes
{
    /// <summary>Key of a route's metadata: which kind of call it carries. Absent on routes that carry no gRPC.</summary>
    public const string Kind = "kind";

    /// <summary>Calls of one message to one.</summary>
    public const string Calls = "calls";

    /// <summary>Calls of many messages to one or many.</summary>
    public const string Imports = "imports";

    /// <summary>Calls of one message to many.</summary>
    public const string Feeds = "feeds";

    private const string Identity = "identity";
    private const long LargestTokenRequest = 16 * 1024;

    private static readonly TimeSpan UsualAnswer = TimeSpan.FromSeconds(30);

    // An answer about a large study takes minutes. Who waits so long says it with a deadline: without one a service ends the call after seconds.
    private static readonly (string Service, ServiceDescriptor Contract, TimeSpan LongestAnswer)[] Contracts =
    [
        ("enrolment", EnrolmentService.Descriptor, UsualAnswer),
        ("assessment", AssessmentService.Descriptor, UsualAnswer),
        ("safety", SafetyService.Descriptor, UsualAnswer),
        ("questionnaire", QuestionnaireService.Descriptor, UsualAnswer),
        ("analytics", AnalyticsService.Descriptor, TimeSpan.FromMinutes(10)),
    ];

    /// <summary>Adds the routes to the addresses that the configuration gives under <c>services</c>.</summary>
    /// <param name="builder">The program.</param>
    /// <exception cref="InvalidOperationException">A service has no address.</exception>
    public static void AddRoutes(this WebApplicationBuilder builder) => builder.Services
        .AddReverseProxy()
        .LoadFromMemory(
            [.. Contracts.SelectMany(service => ServiceRoutes(service.Service, service.Contract)), .. IdentityRoutes()],
            [.. Contracts.SelectMany(service => ServiceClusters(builder.Configuration, service.Service, service.LongestAnswer)), IdentityCluster(builder.Configuration)])
        .ConfigureHttpClient((_, client) =>
        {
            client.ConnectTimeout = TimeSpan.FromSeconds(2);
            client.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            client.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        })
        .AddTransforms(Transform);

    /// <summary>Serves the routes.</summary>
    /// <param name="app">The program.</param>
    public static void MapRoutes(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseStreams(app.Services.GetRequiredService<Drain>().Ending);
        proxy.UseLoadBalancing();
    });

    private static IEnumerable<RouteConfig> ServiceRoutes(string service, ServiceDescriptor contract)
    {
        yield return ServiceRoute(service, Calls, $"/{contract.FullName}/{{method}}") with { Order = 1 };

        foreach (var method in contract.Methods.Where(method => method.IsClientStreaming || method.IsServerStreaming))
        {
            yield return ServiceRoute(service, method.IsClientStreaming ? Imports : Feeds, $"/{contract.FullName}/{method.Name}");
        }
    }

    private static RouteConfig ServiceRoute(string service, string kind, string path) => new()
    {
        RouteId = path,
        ClusterId = $"{service}-{kind}",
        Match = new() { Path = path, Methods = [HttpMethods.Post] },
        AuthorizationPolicy = "default",
        RateLimiterPolicy = CallLimits.PerClient,
        // A history of ten years is one import; its service limits each row.
        MaxRequestBodySize = kind == Imports ? -1 : null,
        Metadata = new Dictionary<string, string> { [Kind] = kind },
    };

    private static IEnumerable<RouteConfig> IdentityRoutes() =>
        from route in new[] { (Path: "/connect/token", Method: HttpMethods.Post), (Path: "/.well-known/{**rest}", Method: HttpMethods.Get) }
        select new RouteConfig
        {
            RouteId = route.Path,
            ClusterId = Identity,
            Match = new() { Path = route.Path, Methods = [route.Method] },
            AuthorizationPolicy = "anonymous",
            RateLimiterPolicy = CallLimits.PerAddress,
            MaxRequestBodySize = LargestTokenRequest,
        };

    // How long nothing may pass in either direction. A feed is quiet while nothing changes; an import waits for its sender.
    private static IEnumerable<ClusterConfig> ServiceClusters(IConfiguration configuration, string service, TimeSpan longestAnswer) =>
        from kind in ((string Kind, TimeSpan LongestSilence)[])[(Calls, longestAnswer), (Imports, TimeSpan.FromMinutes(2)), (Feeds, TimeSpan.FromHours(1))]
        select new ClusterConfig
        {
            ClusterId = $"{service}-{kind.Kind}",
            Destinations = Addresses(configuration, service, "grpc"),
            HttpClient = new() { EnableMultipleHttp2Connections = true },
            HttpRequest = new()
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                ActivityTimeout = kind.LongestSilence,
            },
        };

    private static ClusterConfig IdentityCluster(IConfiguration configuration) => new()
    {
        ClusterId = Identity,
        Destinations = Addresses(configuration, Identity, "http"),
        HttpRequest = new() { Version = HttpVersion.Version11, ActivityTimeout = TimeSpan.FromSeconds(10) },
    };

    private static Dictionary<string, DestinationConfig> Addresses(IConfiguration configuration, string service, string endpoint)
    {
        var addresses = configuration.GetSection($"services:{service}:{endpoint}").GetChildren()
            .ToDictionary(address => address.Key, address => new DestinationConfig { Address = address.Value! });
        return addresses.Count > 0
            ? addresses
            : throw new InvalidOperationException($"Set services__{service}__{endpoint}__0 to the {endpoint} address of {service}.");
    }

    private static void Transform(TransformBuilderContext route)
    {
        // Services trust the token alone, so none of them is told who called from where.
        route.UseDefaultForwarders = false;
        if (route.Cluster?.ClusterId == Identity)
        {
            // Discovery names addresses as the caller sees them.
            route.AddOriginalHost();
            route.AddXForwardedProto(action: ForwardedTransformActions.Set);
            // And Identity keeps whence somebody tried to sign in.
            route.AddXForwardedFor(action: ForwardedTransformActions.Set);
        }
        else
        {
            route.AddResponseTransform(GrpcRefusals.ExplainAsync);
        }
    }
}
