using System.Security.Cryptography.X509Certificates;
using System.Text;
using Equecel.Testing;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace Equecel.Gateway.Tests;

/// <summary>The gateway as it is shipped, in front of a backend and an issuer of the test. Analytics is down.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private readonly string address = $"127.0.0.1:{FreePort.Take()}";
    private readonly string webAddress = $"127.0.0.1:{FreePort.Take()}";
    private GrpcChannel channel = null!;

    internal TokenIssuer Issuer { get; } = new();

    internal Backend Backend { get; } = new();

    internal ServiceProcess Process { get; private set; } = null!;

    /// <summary>Where HTTP/1.1 is spoken.</summary>
    public HttpClient Web { get; private set; } = null!;

    /// <summary>Calls through the gateway.</summary>
    public CallInvoker Calls { get; private set; } = null!;

    /// <summary>A token of site 01.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Starts a gateway with settings of its own.</summary>
    public static Task<RunningGateway> StartAsync(params (string Name, string Value)[] settings) => StartAsync(trusted: null, settings);

    /// <summary>Starts a gateway that is called over TLS.</summary>
    public static async Task<RunningGateway> StartAsync(X509Certificate2? trusted, params (string Name, string Value)[] settings)
    {
        var gateway = new RunningGateway();
        await gateway.Issuer.StartAsync();
        await gateway.StartProcessAsync(trusted, settings);
        return gateway;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Issuer.StartAsync();
        await StartProcessAsync(trusted: null);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        Web.Dispose();
        channel.Dispose();
        await Process.DisposeAsync();
        await Backend.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>Options of a call with a token.</summary>
    public static CallOptions With(string token, DateTime? deadline = null, CancellationToken cancellation = default, params (string Key, string Value)[] headers)
    {
        var metadata = new Metadata { { "authorization", $"Bearer {token}" } };
        foreach (var (key, value) in headers)
        {
            metadata.Add(key, value);
        }

        return new(metadata, deadline ?? DateTime.UtcNow.AddMinutes(1), cancellation);
    }

    /// <summary>Options of a call as site 01.</summary>
    public CallOptions AsSite(DateTime? deadline = null, CancellationToken cancellation = default, params (string Key, string Value)[] headers) =>
        With(Token, deadline, cancellation, headers);

    /// <summary>Makes a call of one message.</summary>
    public async Task<string> AskAsync(string request, CallOptions? options = null) => Encoding.UTF8.GetString(
        await Calls.AsyncUnaryCall(Gateway.Tests.Backend.GetRecord, null, options ?? AsSite(), Encoding.UTF8.GetBytes(request)));

    /// <summary>The reason and the details of an error.</summary>
    internal static (ErrorInfo? Info, RetryInfo? Retry) DetailsOf(RpcException error) =>
        (error.GetRpcStatus()?.GetDetail<ErrorInfo>(), error.GetRpcStatus()?.GetDetail<RetryInfo>());

    private async Task StartProcessAsync(X509Certificate2? trusted, params (string Name, string Value)[] settings)
    {
        await Backend.StartAsync();
        var environment = new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__http__Url"] = $"http://{webAddress}",
            ["Kestrel__Endpoints__grpc__Url"] = $"http://{address}",
            ["Identity__Issuer"] = TokenIssuer.Issuer,
            ["Identity__Authority"] = Issuer.Authority,
            ["Drain__Pause"] = "00:00:00",
            ["services__identity__http__0"] = Issuer.Authority,
            ["services__enrolment__grpc__0"] = Backend.Address,
            ["services__assessment__grpc__0"] = Backend.Address,
            ["services__safety__grpc__0"] = Backend.Address,
            ["services__questionnaire__grpc__0"] = Backend.Address,
            ["services__analytics__grpc__0"] = $"http://127.0.0.1:{FreePort.Take()}",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var scheme = trusted is null ? "http" : "https";
        Process = await ServiceProcess.StartAsync("Equecel.Gateway", $"{scheme}://{webAddress}/health", environment, Trusting(trusted));
        Web = new HttpClient(Trusting(trusted)) { BaseAddress = new Uri($"{scheme}://{webAddress}") };
        channel = GrpcChannel.ForAddress($"{scheme}://{address}", new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            HttpHandler = Trusting(trusted),
            DisposeHttpClient = true,
        });
        Calls = channel.CreateCallInvoker();
        Token = Issuer.Token();
    }

    private static SocketsHttpHandler Trusting(X509Certificate2? trusted)
    {
        var handler = new SocketsHttpHandler();
        if (trusted is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { trusted },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return handler;
    }
}
