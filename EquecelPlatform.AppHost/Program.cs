// The platform as a deployment diagram in words: who runs, who needs whom, and who is told what.
// Image tags are those that the Aspire packages pin; their version is in Directory.Build.props.
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// Where the platform keeps what lies outside the databases: Identity's keys, and the checkpoints that vouch for the journals and the audit trails.
var data = Path.GetFullPath(builder.Configuration["EQUECEL_DATA"] ?? Path.Combine(builder.AppHostDirectory, "..", ".data"));

// Every finished piece of the databases' log is kept beside the data, at the latest after a minute, for a restore to any instant.
// What is archived twice, after a crash between archiving and noting it, must be the same. Another disk than the data's belongs here.
// Without one it is at the top of the volume, beside the data directory; in a container that is two levels up, and the folder between is root's.
var archive = builder.Configuration["Postgres:WalArchive"] is { Length: > 0 } folder ? $"wal='{folder}'" : "wal=../wal; [ -w .. ] || wal=../../wal";
var archiveCommand = $"{archive}; if [ -e \"$wal/%f.gz\" ]; then gzip -dc \"$wal/%f.gz\" | cmp -s - %p; "
    + "else mkdir -p \"$wal\" && gzip -1 -c %p > \"$wal/%f.part\" && sync \"$wal/%f.part\" && mv \"$wal/%f.part\" \"$wal/%f.gz\"; fi";

// Each service has a database of its own. A chunk of an import takes a lock for each of its participants. Nothing that a participant's record says may reach the server's log.
var postgres = builder.AddPostgres("postgres")
    .WithDataVolume()
    // This takes the place of the value that Aspire gives, which is what asks for passwords.
    .WithEnvironment("POSTGRES_INITDB_ARGS", "--data-checksums --auth-host=scram-sha-256 --auth-local=scram-sha-256")
    .WithArgs(
        "-c", "max_connections=150", "-c", "max_locks_per_transaction=256", "-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB", "-c", "jit=off",
        "-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on",
        "-c", "archive_mode=on", "-c", "archive_timeout=60s", "-c", $"archive_command={archiveCommand}",
        "-c", "idle_in_transaction_session_timeout=15s", "-c", "log_lock_waits=on", "-c", "log_error_verbosity=terse",
        "-c", "log_parameter_max_length=0", "-c", "log_parameter_max_length_on_error=0", "-c", "log_min_error_statement=panic");
var enrolmentDb = postgres.AddDatabase("enrolmentdb");
var assessmentDb = postgres.AddDatabase("assessmentdb");
var safetyDb = postgres.AddDatabase("safetydb");
var questionnaireDb = postgres.AddDatabase("questionnairedb");
var analyticsDb = postgres.AddDatabase("analyticsdb");

// Carries record changes to whoever follows them. Saves go on without it, so nobody waits for it.
var messaging = builder.AddRabbitMQ("messaging")
    .WithDataVolume()
    .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-rabbit heartbeat 10 -rabbit channel_max 64 -rabbit disk_free_limit 1000000000");

// Holds only what can be had again, so it keeps nothing and nobody waits for it.
// The empty value is lost where a shell takes the words apart, as in the container; Redis reads --save before another option the same way.
var cache = builder.AddRedis("cache")
    .WithArgs("--save", "", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru");

// Who may ask for a token: each hospital that there is a secret for, two at least, the study team, the study office, an operator, who answers for personal data, and the services that read the others' feeds.
var sites = builder.Configuration.GetSection("Parameters").GetChildren()
    .Select(parameter => Regex.Match(parameter.Key, @"^(site-[0-9]{2,3})-secret\z")).Where(match => match.Success).Select(match => match.Groups[1].Value);
string[] clients = [.. sites.Union(["site-01", "site-02"]).Order(StringComparer.Ordinal), "study-team", "study-office", "operator", "privacy-office", "assessment-service", "safety-service", "questionnaire-service", "analytics-service"];
var secrets = clients.ToDictionary(client => client, client => builder.AddParameter($"{client}-secret", secret: true));

const string issuer = "https://identity.equecel";
var identity = builder.AddProject("identity", "../src/Identity/Identity.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__KeyPath", Path.Combine(data, "identity-keys"))
    .WithHttpHealthCheck("/health");
foreach (var (client, secret) in secrets)
{
    identity.WithEnvironment($"Identity__Clients__{client}__Secret", secret);
}

var enrolment = builder.AddProject("enrolment", "../src/Enrolment/Enrolment.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Authority", identity.GetEndpoint("http"))
    .WithEnvironment("Records__CheckpointPath", Path.Combine(data, "checkpoints"))
    .WithReference(enrolmentDb).WaitFor(enrolmentDb)
    .WithReference(messaging)
    .WithHttpHealthCheck("/health");

var assessment = builder.AddProject("assessment", "../src/Assessment/Assessment.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Authority", identity.GetEndpoint("http"))
    .WithEnvironment("Identity__ClientSecret", secrets["assessment-service"])
    .WithEnvironment("Records__CheckpointPath", Path.Combine(data, "checkpoints"))
    .WithReference(assessmentDb).WaitFor(assessmentDb)
    .WithReference(messaging)
    .WithReference(cache)
    .WithReference(enrolment)
    .WithHttpHealthCheck("/health");

var safety = builder.AddProject("safety", "../src/Safety/Safety.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Authority", identity.GetEndpoint("http"))
    .WithEnvironment("Identity__ClientSecret", secrets["safety-service"])
    .WithEnvironment("Records__CheckpointPath", Path.Combine(data, "checkpoints"))
    .WithReference(safetyDb).WaitFor(safetyDb)
    .WithReference(messaging)
    .WithReference(cache)
    .WithReference(enrolment)
    .WithHttpHealthCheck("/health");

var questionnaire = builder.AddProject("questionnaire", "../src/Questionnaire/Questionnaire.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Authority", identity.GetEndpoint("http"))
    .WithEnvironment("Identity__ClientSecret", secrets["questionnaire-service"])
    .WithEnvironment("Records__CheckpointPath", Path.Combine(data, "checkpoints"))
    .WithReference(questionnaireDb).WaitFor(questionnaireDb)
    .WithReference(messaging)
    .WithReference(cache)
    .WithReference(enrolment)
    .WithHttpHealthCheck("/health");

var analytics = builder.AddProject("analytics", "../src/Analytics/Analytics.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Authority", identity.GetEndpoint("http"))
    .WithEnvironment("Identity__ClientSecret", secrets["analytics-service"])
    .WithEnvironment("Records__CheckpointPath", Path.Combine(data, "checkpoints"))
    .WithReference(analyticsDb).WaitFor(analyticsDb)
    .WithReference(messaging)
    .WithReference(enrolment)
    .WithReference(assessment)
    .WithReference(safety)
    .WithReference(questionnaire)
    .WithHttpHealthCheck("/health");

// The only door. Its ports are fixed, so that site systems find it; zero takes any free one.
builder.AddProject("gateway", "../src/Gateway/Gateway.csproj", options => options.ExcludeLaunchProfile = true)
    .WithEndpoint("http", endpoint => endpoint.Port = builder.Configuration.GetValue("Gateway:HttpPort", 8080))
    .WithEndpoint("grpc", endpoint => endpoint.Port = builder.Configuration.GetValue("Gateway:GrpcPort", 8081))
    .WithExternalHttpEndpoints()
    .WithEnvironment("Identity__Issuer", issuer)
    .WithEnvironment("Identity__Authority", identity.GetEndpoint("http"))
    .WithReference(identity)
    .WithReference(enrolment)
    .WithReference(assessment)
    .WithReference(safety)
    .WithReference(questionnaire)
    .WithReference(analytics)
    .WithHttpHealthCheck("/health");

builder.Build().Run();
