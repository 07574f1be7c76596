using System.Net.Http.Headers;
using System.Text;
using Equecel.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace Equecel.Identity;

/// <summary>Logs and keeps who was refused a token, and whence: each by itself, and beyond sixty a minute how many.</summary>
internal sealed class RefusedSignIns
{
    private const string TokenPath = "/connect/token";
    private const int MostPerMinute = 60;

    private readonly AccountTrail trail;
    private readonly ILogger logger;
    private readonly Sparingly notes;

    public RefusedSignIns(AccountTrail trail, ILogger<RefusedSignIns> logger, TimeProvider time)
    {
        (this.trail, this.logger) = (trail, logger);
        notes = new Sparingly(MostPerMinute, TimeSpan.FromMinutes(1), NoteMore, time);
    }

    /// <summary>Takes note when a request for a token was answered with a refusal.</summary>
    /// <param name="context">The request, answered.</param>
    public void Note(HttpContext context)
    {
        if (context.Request.Path != TokenPath || !HttpMethods.IsPost(context.Request.Method)
            || context.Response.StatusCode is not (>= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError) || !notes.TellsNext())
        {
            return;
        }

        var client = LogText.Of(ClientOf(context));
        // The gateway says from whom it was; whoever comes past it could say anything, and has the address of its connection told beside it.
        var forwarded = context.Request.Headers["X-Forwarded-For"].ToString();
        var address = forwarded.Length == 0 ? $"{context.Connection.RemoteIpAddress}" : $"{LogText.Of(forwarded)} by {context.Connection.RemoteIpAddress}";
        logger.LogInformation("A token was refused to client {Client} from {Address}", client, address);
        trail.Add(new AccountEvent { Kind = AccountEvent.SignInRefused, Client = client, Address = address });
    }

    private void NoteMore(long count)
    {
        logger.LogInformation("{Count} more tokens were refused", count);
        trail.Add(new AccountEvent { Kind = AccountEvent.SignInRefused, Count = count });
    }

    // As it was claimed: in the form, which has been read by now, or as the name of Basic authentication. Never a secret.
    private static string? ClientOf(HttpContext context) =>
        NameOf(context.Request.Headers.Authorization.ToString()) ?? context.Features.Get<IFormFeature>()?.Form?["client_id"].ToString();

    private static string? NameOf(string authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, _] ? name : null;
    }
}
