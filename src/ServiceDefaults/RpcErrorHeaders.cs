using System.Globalization;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Equecel.ServiceDefaults;

/// <summary>Writes errors as gRPC puts them on the wire.</summary>
public static class RpcErrorHeaders
{
    /// <summary>Writes an error into the headers of an answer that consists of nothing else, or into the trailers of one that has begun.</summary>
    /// <param name="fields">The headers or trailers.</param>
    /// <param name="error">The error.</param>
    public static void WriteError(this IHeaderDictionary fields, RpcException error)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(error);

        fields["grpc-status"] = ((int)error.StatusCode).ToString(CultureInfo.InvariantCulture);
        fields["grpc-message"] = PercentEncode(error.Status.Detail);
        foreach (var entry in error.Trailers)
        {
            fields[entry.Key] = entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value;
        }
    }

    /// <summary>Whether a request is a gRPC call.</summary>
    /// <param name="request">The request.</param>
    public static bool IsGrpc(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Answers a call with an error instead of a message.</summary>
    /// <param name="response">The answer, not begun.</param>
    /// <param name="error">The error.</param>
    public static void Refuse(this HttpResponse response, RpcException error)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Clear();
        response.ContentType = "application/grpc";
        response.Headers.WriteError(error);
    }

    // As the gRPC over HTTP/2 specification wants it for grpc-message.
    private static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = b is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)b) : encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return encoded.ToString();
    }
}
