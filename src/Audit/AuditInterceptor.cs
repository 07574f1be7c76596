using System.Text.RegularExpressions;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Equecel.Audit;

/// <summary>Notes down calls that are refused to those who may not make them: who, what, and what they lacked. Stands before all other interceptors.</summary>
public sealed partial class AuditInterceptor(AuditLog audit) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RpcException e) when (Note(e, context, request))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (RpcException e) when (Note(e, context, request: null))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (RpcException e) when (Note(e, context, request))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (RpcException e) when (Note(e, context, request: null))
        {
            throw;
        }
    }

    /// <summary>What a request is about, as far as it is a code or an id: nothing else that somebody sends is kept.</summary>
    public static string SubjectOf(IMessage request)
    {
        var fields = request.Descriptor.Fields.InDeclarationOrder();
        var header = fields.FirstOrDefault(field => field is { Name: "header", FieldType: FieldType.Message }) is { } named
            ? named.Accessor.GetValue(request) as IMessage
            : null;
        return Text(request, "record_id") is { } record && Guid.TryParseExact(record, "D", out _) ? record
            : Text(request, "participant") is { } participant && Code().IsMatch(participant) ? participant
            : header is null ? "" : SubjectOf(header);
    }

    private bool Note(RpcException refusal, ServerCallContext context, object? request)
    {
        if (refusal.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            var user = context.GetHttpContext().User;
            var client = user.FindFirst("client_id")?.Value ?? "";
            audit.Note(new AuditNote(
                AuditEventKind.AccessRefused, user.FindFirst("sub")?.Value ?? client, client, context.Method,
                request is IMessage message ? SubjectOf(message) : "",
                AuditNote.LackOf(refusal)));
        }

        return true;
    }

    // Of a site, or of a participant.
    [GeneratedRegex(@"^[0-9]{2,3}(-[0-9]{4,7})?\z")]
    private static partial Regex Code();

    private static string? Text(IMessage message, string name) =>
        message.Descriptor.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } field ? (string)field.Accessor.GetValue(message) : null;
}
