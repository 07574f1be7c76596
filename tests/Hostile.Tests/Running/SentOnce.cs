using System.Net;

namespace Equecel.Hostile.Tests.Running;

/// <summary>
/// Keeps the handler from sending a stream again by itself on a new connection: what was written is gone by then, so that an empty body
/// would be sent and its answer taken for that of the call.
/// </summary>
/// <param name="inner">The handler.</param>
internal sealed class SentOnce(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content = new Body(request.Content!);
        return base.SendAsync(request, cancellationToken);
    }

    private sealed class Body : HttpContent
    {
        private readonly HttpContent content;
        private bool isSent;

        public Body(HttpContent content)
        {
            this.content = content;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            if (isSent)
            {
                throw new IOException("The connection that the call was sent on is gone.");
            }

            isSent = true;
            return content.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            content.Dispose();
            base.Dispose(disposing);
        }
    }
}
