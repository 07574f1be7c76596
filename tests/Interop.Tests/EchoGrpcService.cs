using Equecel.Interop.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Equecel.Interop.Tests;

/// <summary>Echoes in every call shape; the header <c>x-echo</c> comes back as header, <c>x-echo-bin</c> as trailer.</summary>
internal sealed class EchoGrpcService(SeenCalls seen) : EchoService.EchoServiceBase
{
    public override async Task<EchoResponse> Echo(EchoRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        return await AnswerAsync(request, context);
    }

    public override async Task<EchoResponse> Join(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync())
        {
            texts.Add((await AnswerAsync(request, context)).Text);
        }

        return new EchoResponse { Text = string.Join(' ', texts) };
    }

    public override async Task Repeat(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        for (var i = 0; i < request.Times; i++)
        {
            await responseStream.WriteAsync(new EchoResponse { Text = request.Text }, context.CancellationToken);
        }

        await AnswerAsync(request, context);
    }

    public override async Task Converse(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(await AnswerAsync(request, context));
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("x-echo") is { } text)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-echo", text } });
        }

        if (context.RequestHeaders.GetValueBytes("x-echo-bin") is { } bytes)
        {
            context.ResponseTrailers.Add("x-echo-bin", bytes);
        }
    }

    private async Task<EchoResponse> AnswerAsync(EchoRequest request, ServerCallContext context)
    {
        switch (request.Behaviour)
        {
            case EchoRequest.Types.Behaviour.Fail:
                throw new Google.Rpc.Status
                {
                    Code = (int)StatusCode.InvalidArgument,
                    Message = "No such text: 没有",
                    Details =
                    {
                        Any.Pack(new ErrorInfo { Reason = "NO_SUCH_TEXT", Domain = "equecel" }),
                        Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "text" } } }),
                    },
                }.ToRpcException();
            case EchoRequest.Types.Behaviour.Hang:
                await seen.HangAsync(request.Text, context);
                break;
        }

        return new EchoResponse { Text = request.Text };
    }
}
