using Equecel.Enrolment.V1;
using Equecel.Faults.Tests.Checking;
using Equecel.Faults.Tests.Wire;
using Google.Protobuf;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Equecel.Faults.Tests.Faults;

/// <summary>Messages that come twice, late, in another order, or that nobody can use.</summary>
internal static class MessageFaults
{
    private const string Exchange = "equecel.records";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("messages come twice", "messages", context => PublishAsync(context, [.. context.Platform.Messages.Published.TakeLast(context.Dice.Next(5, 200))])),
        new("old messages come again", "messages", context => PublishAsync(context, [.. context.Platform.Messages.Published.Take(context.Dice.Next(5, 200))])),
        new("messages come again in another order", "messages", ShuffleAsync),
        new("messages that cannot be read", "poison", PoisonAsync),
        new("messages with other content under a known version", "poison", ForgeAsync),
    ];

    private static Task<bool> ShuffleAsync(FaultContext context)
    {
        var messages = context.Platform.Messages.Published.TakeLast(300).ToArray();
        context.Dice.Shuffle(messages);
        return PublishAsync(context, messages);
    }

    private static Task<bool> PoisonAsync(FaultContext context)
    {
        var messages = new List<(CapturedMessage, byte[])>();
        foreach (var template in context.Platform.Messages.Published.TakeLast(3))
        {
            var body = new byte[context.Dice.Next(1, 300)];
            context.Dice.NextBytes(body);
            // No tag of protobuf begins so.
            body[0] = 7;
            messages.Add((template with { Body = body }, body));
        }

        return PlantAsync(context, messages);
    }

    private static async Task<bool> ForgeAsync(FaultContext context)
    {
        // Of what Analytics has already: before that, it cannot know which of two is the forged one.
        var held = await context.Examination.HeldAsync();
        var messages = new List<(CapturedMessage, byte[])>();
        foreach (var template in context.Platform.Messages.Published.Where(message => message.Properties["app_id"] == "enrolment" && message.Versions.All(held.Contains)).TakeLast(3))
        {
            var change = EnrolmentRecordChanges.Parser.ParseFrom(template.Body).Changes[0];
            var hash = change.Record.Header.Hash.ToByteArray();
            hash[context.Dice.Next(hash.Length)] ^= 1;
            change.Record.Header.Hash = ByteString.CopyFrom(hash);
            messages.Add((template with { Body = new EnrolmentRecordChanges { Changes = { change } }.ToByteArray() }, change.ToByteArray()));
        }

        return await PlantAsync(context, messages);
    }

    private static async Task<bool> PlantAsync(FaultContext context, IReadOnlyList<(CapturedMessage Message, byte[] Parked)> messages)
    {
        Note(hasToBeParked: false);
        var taken = await PublishAsync(context, [.. messages.Select(message => Marked(message.Message))]);
        Note(hasToBeParked: taken);
        return taken;

        void Note(bool hasToBeParked)
        {
            foreach (var (_, parked) in messages)
            {
                context.Examination.Planted[Convert.ToHexString(parked)] = hasToBeParked;
            }
        }
    }

    private static CapturedMessage Marked(CapturedMessage message) =>
        message with { Properties = new Dictionary<string, string>(message.Properties) { ["message_id"] = $"{MessageChecks.PlantedPrefix}{Guid.NewGuid()}" } };

    /// <summary>Publishes messages past every link.</summary>
    /// <returns>Whether there were any, and the broker took them.</returns>
    public static async Task<bool> PublishAsync(FaultContext context, IReadOnlyList<CapturedMessage> messages)
    {
        try
        {
            await using var connection = await context.Platform.Broker.ConnectAsync();
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            foreach (var message in messages)
            {
                await channel.BasicPublishAsync(Exchange, message.RoutingKey, mandatory: true, Properties(message), message.Body);
            }

            return messages.Count > 0;
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or PublishException or IOException or OperationCanceledException)
        {
            // Another fault has the broker.
            return false;
        }
    }

    private static BasicProperties Properties(CapturedMessage message) => new()
    {
        Persistent = true,
        MessageId = message.Properties.GetValueOrDefault("message_id"),
        Type = message.Properties.GetValueOrDefault("type"),
        AppId = message.Properties.GetValueOrDefault("app_id"),
        ContentType = message.Properties.GetValueOrDefault("content_type"),
    };
}
