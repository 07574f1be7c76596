using Equecel.Faults.Tests.Driving;

namespace Equecel.Faults.Tests.Running;

/// <summary>Who runs and who is told what, as the AppHost has it; but each address that a service is told is that of a link.</summary>
internal static class PlatformPlan
{
    private const string Issuer = "https://identity.equecel";

    private static readonly string[] StudyClients = ["study-team", "study-office", "operator", "privacy-office", "assessment-service", "safety-service", "questionnaire-service", "analytics-service"];

    /// <summary>The services, none of them started.</summary>
    /// <param name="platform">The platform that they are part of.</param>
    /// <param name="programs">Other builds of services: folders by name.</param>
    public static IReadOnlyList<ServicePart> Services(Platform platform, IReadOnlyDictionary<string, string> programs)
    {
        var identity = Service("identity", "Identity", IdentitySettings(platform), hasGrpc: false);
        var enrolment = Service("enrolment", "Enrolment", new(), database: true);
        var assessment = Service("assessment", "Assessment", new(), database: true);
        var safety = Service("safety", "Safety", new(), database: true);
        var questionnaire = Service("questionnaire", "Questionnaire", new(), database: true);
        var analytics = Service("analytics", "Analytics", new(), database: true);
        var gateway = Service("gateway", "Gateway", new());
        // Nothing runs yet, so what a service is told may still be added.
        foreach (var service in (ServicePart[])[assessment, safety, questionnaire])
        {
            service.Settings["ConnectionStrings__cache"] = $"127.0.0.1:{platform.Connect(service.Name, "cache", () => platform.Cache.Port)}";
            Tell(service, enrolment);
        }

        foreach (var service in (ServicePart[])[enrolment, assessment, safety, questionnaire])
        {
            Tell(analytics, service);
        }

        foreach (var service in (ServicePart[])[enrolment, assessment, safety, questionnaire, analytics])
        {
            service.Settings["Records__CheckpointPath"] = Path.Combine(platform.Folder, "checkpoints");
            service.Settings["Records__CheckpointInterval"] = "00:00:20";
            Tell(gateway, service);
            service.Settings["Identity__ClientSecret"] = Tokens.SecretOf($"{service.Name}-service");
        }

        gateway.Settings["services__identity__http__0"] = $"http://127.0.0.1:{platform.Connect("gateway", "identity", () => identity.HttpPort)}";
        // Every examiner's call comes from one address.
        gateway.Settings["Gateway__TokenRequestsPerSecond"] = "1000";
        foreach (var service in (ServicePart[])[enrolment, assessment, safety, questionnaire, analytics, gateway])
        {
            service.Settings["Identity__Issuer"] = Issuer;
            service.Settings["Identity__Authority"] = $"http://127.0.0.1:{platform.Connect(service.Name, "keys", () => identity.HttpPort)}";
        }

        platform.Connect("sites", "gateway", () => gateway.GrpcPort);
        platform.Connect("sites", "tokens", () => gateway.HttpPort);
        return [identity, enrolment, assessment, safety, questionnaire, analytics, gateway];

        ServicePart Service(string name, string project, Dictionary<string, string> settings, bool database = false, bool hasGrpc = true)
        {
            if (database)
            {
                settings[$"ConnectionStrings__{name}db"] =
                    $"Host=127.0.0.1;Port={platform.Connect(name, "postgres", () => platform.Postgres.Port)};Username=postgres;Password=any;Database={name}db";
                settings["ConnectionStrings__messaging"] = $"amqp://guest:guest@127.0.0.1:{platform.Connect(name, "messaging", () => platform.Broker.Port)}";
            }

            return new ServicePart(name, platform.Folder, programs.GetValueOrDefault(name, Repository.ProgramsOf(project)), settings, hasGrpc);
        }

        void Tell(ServicePart service, ServicePart other) => service.Settings[$"services__{other.Name}__grpc__0"] =
            $"http://127.0.0.1:{platform.Connect(service.Name, other.Name, () => other.GrpcPort)}";
    }

    private static Dictionary<string, string> IdentitySettings(Platform platform)
    {
        var settings = new Dictionary<string, string>
        {
            ["Identity__Issuer"] = Issuer,
            ["Identity__KeyPath"] = Path.Combine(platform.Folder, "keys"),
        };
        foreach (var site in Platform.Sites)
        {
            settings[$"Identity__Clients__site-{site}__Scopes__0"] = "equecel.capture";
            settings[$"Identity__Clients__site-{site}__Site"] = site;
        }

        foreach (var client in Platform.Sites.Select(site => $"site-{site}").Concat(StudyClients))
        {
            settings[$"Identity__Clients__{client}__Secret"] = Tokens.SecretOf(client);
        }

        return settings;
    }
}
