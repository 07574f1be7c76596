using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Equecel.Testing;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.Gateway.Tests;

/// <summary>A gRPC server behind the gateway, in every call shape, that says what reached it. Its messages are plain bytes.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private const string Service = "equecel.enrolment.v1.EnrolmentService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(value => value, value => value);

    private WebApplication? app;

    /// <summary>One message to one.</summary>
    public static Method<byte[], byte[]> GetRecord { get; } = Of(MethodType.Unary, nameof(GetRecord));

    /// <summary>Many messages to one: their number and bytes.</summary>
    public static Method<byte[], byte[]> CountRecords { get; } = Of(MethodType.ClientStreaming, nameof(CountRecords));

    /// <summary>One message to many: as many as it says, then quiet if it ends in <c>+</c>; in <c>½+</c>, in the middle of a message.</summary>
    public static Method<byte[], byte[]> WatchRecords { get; } = Of(MethodType.ServerStreaming, nameof(WatchRecords));

    /// <summary>Many messages to many: the size of each.</summary>
    public static Method<byte[], byte[]> ImportRecords { get; } = Of(MethodType.DuplexStreaming, nameof(ImportRecords));

    /// <summary>Address of the server.</summary>
    public string Address { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    /// <summary>Calls that were cut off, by what they had asked for.</summary>
    public BlockingCollection<string> CutOff { get; } = [];

    /// <summary>Names a method of a service.</summary>
    public static Method<byte[], byte[]> Of(MethodType type, string name, string service = Service) => new(type, service, name, Bytes, Bytes);

    /// <summary>Starts the server.</summary>
    public async Task StartAsync()
    {
        // Away from the settings file of the service under test, which lies in the current folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc =>
        {
            grpc.ResponseCompressionAlgorithm = "gzip";
            grpc.MaxReceiveMessageSize = ServiceDefaultsExtensions.MaxReceiveMessageBytes;
        });
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<IServiceMethodProvider<Echo>, Methods>();
        app = builder.Build();
        app.MapGrpcService<Echo>();
        await app.StartAsync();
    }

    /// <summary>Breaks off every call and stops listening.</summary>
    public async Task BreakAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app!.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await BreakAsync();
        CutOff.Dispose();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Registers <see cref="Echo"/>, in place of generated code.</summary>
    private sealed class Methods : IServiceMethodProvider<Echo>
    {
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<Echo> context)
        {
            context.AddUnaryMethod(GetRecord, [], (echo, request, call) => echo.GetRecord(request, call));
            context.AddClientStreamingMethod(CountRecords, [], (echo, requests, call) => echo.CountRecords(requests, call));
            context.AddServerStreamingMethod(WatchRecords, [], (echo, request, responses, call) => echo.WatchRecords(request, responses, call));
            context.AddDuplexStreamingMethod(ImportRecords, [], (echo, requests, responses, call) => echo.ImportRecords(requests, responses, call));
        }
    }

    internal sealed class Echo(Backend backend)
    {
        public async Task<byte[]> GetRecord(byte[] request, ServerCallContext context)
        {
            context.ResponseTrailers.Add("x-trailer", "seen");
            context.ResponseTrailers.Add("x-trailer-bin", [0, 255]);
            switch (Encoding.UTF8.GetString(request))
            {
                case "headers":
                    return Text(string.Join('\n', context.RequestHeaders.Select(header => $"{header.Key}: {header.Value}")));
                case "fail":
                    throw new RpcException(new Status(StatusCode.FailedPrecondition, "Not enrolled: 参与者"), new Metadata { { "x-why", "because" } });
                case "wait" or "deadline":
                    await WaitAsync(Encoding.UTF8.GetString(request), context);
                    return [];
                default:
                    return request;
            }
        }

        public async Task<byte[]> CountRecords(IAsyncStreamReader<byte[]> requests, ServerCallContext context)
        {
            var (count, bytes) = (0, 0L);
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                (count, bytes) = (count + 1, bytes + request.Length);
            }

            return Text($"{count} {bytes}");
        }

        public async Task WatchRecords(byte[] request, IServerStreamWriter<byte[]> responses, ServerCallContext context)
        {
            var text = Encoding.UTF8.GetString(request);
            for (var i = 0; i < int.Parse(text.TrimEnd('½', '+'), CultureInfo.InvariantCulture); i++)
            {
                await responses.WriteAsync(Text($"{i}"), context.CancellationToken);
            }

            if (text.EndsWith("½+", StringComparison.Ordinal))
            {
                // Not compressed, 100 bytes long, of which 3 come.
                await context.GetHttpContext().Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 100, 1, 2, 3 }, context.CancellationToken);
            }

            if (text.EndsWith('+'))
            {
                await WaitAsync(text, context);
            }
        }

        public async Task ImportRecords(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> responses, ServerCallContext context)
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(Text($"{request.Length}"), context.CancellationToken);
            }
        }

        private async Task WaitAsync(string what, ServerCallContext context)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                backend.CutOff.Add(what);
                throw;
            }
        }
    }
}
