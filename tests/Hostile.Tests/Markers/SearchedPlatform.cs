using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Equecel.Hostile.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Equecel.Hostile.Tests.Markers;

/// <summary>A platform of which everything that it writes and tells is kept: traces, metrics and logs for a collector, and messages.</summary>
public sealed class SearchedPlatform : HostilePlatform, IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Where, string Text)> collected = [];
    private readonly ConcurrentQueue<(string Envelope, string Body)> messages = [];
    private readonly string collectorAddress = $"http://127.0.0.1:{FreePort.Take()}";
    private WebApplication collector = null!;
    private IConnection broker = null!;

    /// <summary>Bodies of all messages so far.</summary>
    public IEnumerable<string> Bodies => messages.Select(message => message.Body);

    protected override IEnumerable<KeyValuePair<string, string>> MoreEnvironment =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", collectorAddress), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), new("OTEL_METRIC_EXPORT_INTERVAL", "2000"),
    ];

    /// <summary>How much a collector was told.</summary>
    public int CollectedCount => collected.Count;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await StartCollectorAsync();
        await InitializeAsync();
        await ListenAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await broker.DisposeAsync();
        await DisposeAsync();
        await collector.DisposeAsync();
    }

    /// <summary>Everything that was written or told, but for what databases and messages hold.</summary>
    public async Task<IReadOnlyList<(string Where, string Text)>> EverythingAsync()
    {
        var all = new List<(string, string)>(collected) { ("the host's output", Platform.Log) };
        all.AddRange(messages.Select(message => ("a message's envelope", message.Envelope)));
        foreach (var file in Directory.EnumerateFiles(Platform.LogFolder, "*", SearchOption.AllDirectories))
        {
            all.Add((file, await File.ReadAllTextAsync(file, Encoding.Latin1)));
        }

        using var http = new HttpClient();
        foreach (var resource in (await Platform.ResourcesAsync()).Resources)
        {
            foreach (var endpoint in resource.Endpoints.Where(endpoint => endpoint.Name == "http"))
            {
                foreach (var page in (string[])["health", "alive", "metrics"])
                {
                    all.Add(($"{page} of {resource.Name}", await TextAsync(http, new Uri(endpoint.Url, page))));
                }
            }
        }

        foreach (var page in (string[])["", "resources"])
        {
            all.Add(("the resource page", await TextAsync(http, new Uri(Platform.Page, page))));
        }

        return all;
    }

    private static async Task<string> TextAsync(HttpClient http, Uri address)
    {
        using var response = await http.GetAsync(address);
        return $"{response}\n{await response.Content.ReadAsStringAsync()}";
    }

    private async Task StartCollectorAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(collectorAddress);
        collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collected.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();
    }

    private async Task ListenAsync()
    {
        var secrets = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Platform.Folder, "secrets.json")))!;
        var address = await Platform.AddressAsync("messaging", "tcp");
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = address.Port, UserName = "guest", Password = $"{secrets["Parameters:messaging-password"]}" };
        broker = await factory.CreateConnectionAsync();
        var channel = await broker.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("equecel.records", ExchangeType.Topic, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, "equecel.records", "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            var properties = message.BasicProperties;
            var headers = (properties.Headers ?? new Dictionary<string, object?>()).Select(header => $"{header.Key} {(header.Value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : header.Value)}");
            messages.Enqueue((
                $"{message.RoutingKey} {properties.MessageId} {properties.Type} {properties.AppId} {properties.UserId} {properties.CorrelationId} {string.Join(' ', headers)}",
                Encoding.Latin1.GetString(message.Body.Span)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }
}

[CollectionDefinition(Name)]
public sealed class Searched : ICollectionFixture<SearchedPlatform>
{
    public const string Name = "A platform that is searched";
}
