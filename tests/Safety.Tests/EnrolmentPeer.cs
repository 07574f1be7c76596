using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equecel.Safety.Tests;

/// <summary>Enrolment and Identity as Safety meets them: who is enrolled, keys and tokens. Each can be down.</summary>
public sealed class EnrolmentPeer : IAsyncDisposable
{
    private WebApplication? app;

    public TokenIssuer Issuer { get; } = new();

    public string Grpc { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    public string Authority { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    /// <summary>Who is enrolled.</summary>
    public ConcurrentDictionary<string, ParticipantFacts> Enrolled { get; } = new();

    /// <summary>What it was asked.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Tokens that it was asked with.</summary>
    public ConcurrentQueue<string> Tokens { get; } = new();

    /// <summary>What its feed tells.</summary>
    public ConcurrentQueue<EnrolmentRecordChange> Changes { get; } = new();

    /// <summary>Tells whoever follows its feed that a record of a participant was saved.</summary>
    public void Tell(string participant, string kind) => Changes.Enqueue(new EnrolmentRecordChange
    {
        Record = new EnrolmentRecord { Header = new() { RecordId = $"{Guid.NewGuid()}", Version = 2, Kind = kind, Participant = participant } },
        ResumeToken = $"{Changes.Count + 1}",
    });

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        // The settings file beside the tests is the tested service's, with its ports.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(new Uri(Grpc).Port, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.ListenLocalhost(new Uri(Authority).Port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        app = builder.Build();
        app.MapGrpcService<LookUp>();
        app.MapPost("/connect/token", () => Results.Json(new JsonObject { ["access_token"] = "a-token", ["expires_in"] = 600 }));
        app.MapGet("/{**path}", async (string path) =>
        {
            using var http = new HttpClient();
            return Results.Text(await http.GetStringAsync(new Uri($"{Issuer.Authority}/{path}")), "application/json");
        });
        await Issuer.StartAsync();
        await app.StartAsync();
    }

    /// <summary>Goes down, with its connections.</summary>
    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
            app = null;
        }

        await Issuer.StopAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private sealed class LookUp(EnrolmentPeer peer) : EnrolmentService.EnrolmentServiceBase
    {
        public override async Task ListSiteParticipants(
            ListSiteParticipantsRequest request, IServerStreamWriter<ParticipantFacts> responseStream, ServerCallContext context)
        {
            peer.Asked.Enqueue(request.Site);
            foreach (var facts in peer.Enrolled.Values.Where(facts => facts.Site == request.Site).OrderBy(facts => facts.Participant, StringComparer.Ordinal))
            {
                await responseStream.WriteAsync(facts);
            }
        }

        public override async Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context)
        {
            var told = request.ResumeToken.Length == 0 ? 0 : int.Parse(request.ResumeToken, CultureInfo.InvariantCulture);
            for (var caughtUp = false; !context.CancellationToken.IsCancellationRequested; await Task.Delay(10, CancellationToken.None))
            {
                foreach (var change in peer.Changes.Skip(told).ToList())
                {
                    await responseStream.WriteAsync(change);
                    (told, caughtUp) = (told + 1, false);
                }

                if (!caughtUp)
                {
                    await responseStream.WriteAsync(new EnrolmentRecordChange { ResumeToken = $"{told}", CaughtUp = true });
                    caughtUp = true;
                }
            }
        }

        public override Task<LookUpParticipantsResponse> LookUpParticipants(LookUpParticipantsRequest request, ServerCallContext context)
        {
            peer.Tokens.Enqueue(context.RequestHeaders.GetValue("authorization") ?? "");
            foreach (var participant in request.Participants)
            {
                peer.Asked.Enqueue(participant);
            }

            return Task.FromResult(new LookUpParticipantsResponse
            {
                Participants = { request.Participants.Where(peer.Enrolled.ContainsKey).Select(participant => peer.Enrolled[participant]) },
            });
        }
    }
}
