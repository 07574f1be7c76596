using Equecel.Interop.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Equecel.Interop.Tests;

/// <summary>Calls with Grpc.Net.Client.</summary>
internal sealed class DotNetCaller : ICaller
{
    public string Name => "dotnet";

    public async Task<Outcome> CallAsync(string address, EchoCall wanted)
    {
        using var channel = GrpcChannel.ForAddress($"http://{address}");
        var client = new EchoService.EchoServiceClient(channel.Intercept(Announce));
        using var cancellation = new CancellationTokenSource();
        var options = new CallOptions(
            HeadersOf(wanted),
            wanted.DeadlineMilliseconds is { } milliseconds ? DateTime.UtcNow.AddMilliseconds(milliseconds) : null,
            cancellation.Token);

        var answers = new List<string>();
        var requests = wanted.Texts.Select(text => new EchoRequest
        {
            Text = text,
            Times = wanted.Times,
            Behaviour = wanted.Behaviour switch
            {
                "BEHAVIOUR_FAIL" => EchoRequest.Types.Behaviour.Fail,
                "BEHAVIOUR_HANG" => EchoRequest.Types.Behaviour.Hang,
                _ => EchoRequest.Types.Behaviour.Unspecified,
            },
        });

        void Receive(EchoResponse response)
        {
            answers.Add(response.Text);
            if (answers.Count == wanted.CancelAfter)
            {
                cancellation.Cancel();
            }
        }

        return wanted.Method switch
        {
            "Echo" => await UnaryAsync(client.EchoAsync(requests.Single(), options), answers, Receive),
            "Join" => await ClientStreamAsync(client.Join(options), requests, answers, Receive),
            "Repeat" => await ServerStreamAsync(client.Repeat(requests.Single(), options), answers, Receive),
            _ => await DuplexAsync(client.Converse(options), requests, answers, Receive),
        };
    }

    public async Task<string> CheckHealthAsync(string address, string service)
    {
        using var channel = GrpcChannel.ForAddress($"http://{address}");
        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = service });
        return answer.Status switch
        {
            HealthCheckResponse.Types.ServingStatus.Serving => "SERVING",
            HealthCheckResponse.Types.ServingStatus.NotServing => "NOT_SERVING",
            _ => "UNKNOWN",
        };
    }

    private static Metadata Announce(Metadata headers)
    {
        headers.Add("x-client-interceptor", "dotnet");
        return headers;
    }

    private static Metadata HeadersOf(EchoCall wanted)
    {
        var headers = new Metadata { { "x-call", wanted.Id } };
        if (wanted.Header is not null)
        {
            headers.Add("x-echo", wanted.Header);
        }

        if (wanted.BinaryHeader is not null)
        {
            headers.Add("x-echo-bin", Convert.FromBase64String(wanted.BinaryHeader));
        }

        if (wanted.Gzip)
        {
            headers.Add("grpc-internal-encoding-request", "gzip");
        }

        return headers;
    }

    private static async Task<Outcome> UnaryAsync(AsyncUnaryCall<EchoResponse> call, List<string> answers, Action<EchoResponse> receive)
    {
        using (call)
        {
            return await ObserveAsync(
                async () => receive(await call), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, answers);
        }
    }

    private static async Task<Outcome> ClientStreamAsync(
        AsyncClientStreamingCall<EchoRequest, EchoResponse> call, IEnumerable<EchoRequest> requests,
        List<string> answers, Action<EchoResponse> receive)
    {
        using (call)
        {
            return await ObserveAsync(
                async () =>
                {
                    foreach (var request in requests)
                    {
                        await call.RequestStream.WriteAsync(request);
                    }

                    await call.RequestStream.CompleteAsync();
                    receive(await call);
                },
                call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, answers);
        }
    }

    private static async Task<Outcome> ServerStreamAsync(
        AsyncServerStreamingCall<EchoResponse> call, List<string> answers, Action<EchoResponse> receive)
    {
        using (call)
        {
            return await ObserveAsync(
                async () =>
                {
                    await foreach (var response in call.ResponseStream.ReadAllAsync())
                    {
                        receive(response);
                    }
                },
                call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, answers);
        }
    }

    private static async Task<Outcome> DuplexAsync(
        AsyncDuplexStreamingCall<EchoRequest, EchoResponse> call, IEnumerable<EchoRequest> requests,
        List<string> answers, Action<EchoResponse> receive)
    {
        using (call)
        {
            return await ObserveAsync(
                async () =>
                {
                    foreach (var request in requests)
                    {
                        await call.RequestStream.WriteAsync(request);
                        Assert.True(await call.ResponseStream.MoveNext());
                        receive(call.ResponseStream.Current);
                    }

                    await call.RequestStream.CompleteAsync();
                    Assert.False(await call.ResponseStream.MoveNext());
                },
                call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, answers);
        }
    }

    private static async Task<Outcome> ObserveAsync(
        Func<Task> exchange, Task<Metadata> headersArrive, Func<Status> getStatus, Func<Metadata> getTrailers, List<string> answers)
    {
        try
        {
            await exchange();
        }
        catch (RpcException e)
        {
            return new Outcome(answers, (int)e.StatusCode, e.Status.Detail, null, null, null, Base64(e.Trailers, "grpc-status-details-bin"));
        }

        var (headers, status, trailers) = (await headersArrive, getStatus(), getTrailers());
        return new Outcome(
            answers, (int)status.StatusCode, status.Detail, headers.GetValue("x-echo"),
            Base64(trailers, "x-echo-bin"), trailers.GetValue("x-interceptors"), null);
    }

    private static string? Base64(Metadata metadata, string name) =>
        metadata.GetValueBytes(name) is { } bytes ? Convert.ToBase64String(bytes) : null;
}
