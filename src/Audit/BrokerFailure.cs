using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Equecel.Audit;

/// <summary>Tells a broker that is away from one that refuses us.</summary>
public static class BrokerFailure
{
    /// <summary>What the broker refuses and what to do about it, without a password; null when the failure may be over by itself.</summary>
    /// <param name="e">The failure.</param>
    public static string? FindRefusal(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.GetBaseException() switch
        {
            AuthenticationFailureException =>
                "the broker refuses the user or the password in ConnectionStrings__messaging; correct it there and restart, or make that user at the broker",
            OperationInterruptedException { ShutdownReason.ReplyCode: Constants.AccessRefused or Constants.NotAllowed } =>
                "the broker gives the user in ConnectionStrings__messaging no access; let it use the virtual host and what is named equecel.* and analytics.* there",
            _ => null,
        };
    }
}
