using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Equecel.Client.Streams;

/// <summary>Where the rows of any capture service go, from its contract alone.</summary>
internal static class DescribedImport
{
    /// <summary>Finds it in the contract.</summary>
    /// <param name="calls">What makes calls.</param>
    /// <param name="service">A service with the RPC ImportRecords.</param>
    /// <exception cref="ArgumentException">The service takes no imports.</exception>
    public static ImportTarget<IMessage, IMessage> Of(CallInvoker calls, ServiceDescriptor service)
    {
        var rpc = service.FindMethodByName("ImportRecords") ?? throw new ArgumentException($"{service.FullName} takes no imports.", nameof(service));
        var row = rpc.InputType.FindFieldByName("row");
        var header = row.MessageType.FindFieldByName("header");
        var method = new Method<IMessage, ImportVerdict>(
            MethodType.DuplexStreaming, service.FullName, rpc.Name,
            new Marshaller<IMessage>(Write, _ => throw new NotSupportedException("Requests are written only.")),
            new Marshaller<ImportVerdict>(Write, context => ImportVerdict.Parser.ParseFrom(context.PayloadAsReadOnlySequence())));
        return new(
            options => calls.AsyncDuplexStreamingCall(method, null, options),
            submission =>
            {
                var given = (SubmissionHeader?)header.Accessor.GetValue(submission);
                if (given is null)
                {
                    given = new();
                    header.Accessor.SetValue(submission, given);
                }

                return given;
            },
            () => rpc.InputType.Parser.ParseFrom(ByteString.Empty),
            (message, submission) => row.Accessor.SetValue(message, submission));
    }

    private static void Write(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
