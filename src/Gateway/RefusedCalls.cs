using Equecel.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;

namespace Equecel.Gateway;

/// <summary>Logs whose token was refused at the door, since such a call reaches no service: a line for each, and beyond ten a second how many.</summary>
internal sealed class RefusedCalls
{
    private const int LinesPerSecond = 10;

    private readonly ILogger logger;
    private readonly Sparingly lines;

    public RefusedCalls(ILogger<RefusedCalls> logger, TimeProvider time)
    {
        this.logger = logger;
        lines = new Sparingly(LinesPerSecond, TimeSpan.FromSeconds(1), rest => logger.LogInformation("Refused {Count} more calls for their tokens", rest), time);
    }

    /// <summary>Logs a refused call.</summary>
    /// <param name="context">The call.</param>
    public async Task NoteAsync(HttpContext context)
    {
        if (!lines.TellsNext())
        {
            return;
        }

        // It was judged before; this is what was found.
        var judged = await context.AuthenticateAsync();
        var reason = judged.Succeeded ? "expired on the way" : judged.Failure?.GetType().Name ?? "no token";
        // Of the token nothing is proved, the name neither.
        logger.LogInformation(
            "Refused {Method} from {Address}: {Reason}, client as claimed {Client}",
            LogText.Of(context.Request.Path), context.Connection.RemoteIpAddress, reason, LogText.Of(ClaimedClient.Find(context.Request.Headers.Authorization.ToString())));
    }
}
