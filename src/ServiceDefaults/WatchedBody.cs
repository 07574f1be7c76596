using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Equecel.ServiceDefaults;

/// <summary>The body of a call, which remembers whether it broke off while it was read.</summary>
/// <param name="body">The body.</param>
internal sealed class WatchedBody(PipeReader body) : PipeReader, IRequestBodyPipeFeature
{
    /// <summary>Whether the caller, or the connection, gave up before the body was whole.</summary>
    public bool BrokeOff { get; private set; }

    /// <inheritdoc/>
    public PipeReader Reader => this;

    /// <summary>Puts one in front of a call's body.</summary>
    /// <param name="context">The call.</param>
    public static WatchedBody Put(HttpContext context)
    {
        var body = new WatchedBody(context.Request.BodyReader);
        context.Features.Set<IRequestBodyPipeFeature>(body);
        return body;
    }

    /// <summary>The one in front of a call's body; null when there is none.</summary>
    /// <param name="context">The call.</param>
    public static WatchedBody? Of(HttpContext context) => context.Features.Get<IRequestBodyPipeFeature>() as WatchedBody;

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

    /// <inheritdoc/>
    public override void CancelPendingRead() => body.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => body.Complete(exception);

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result) => body.TryRead(out result);

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var read = body.ReadAsync(cancellationToken);
            return read.IsCompletedSuccessfully ? read : WaitAsync(read);
        }
        catch (IOException)
        {
            BrokeOff = true;
            throw;
        }
    }

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read)
    {
        try
        {
            return await read;
        }
        catch (IOException)
        {
            BrokeOff = true;
            throw;
        }
    }
}
