using System.Security.Authentication;
using System.Text.Json;
using Equecel.Client;
using Grpc.Core;
using Npgsql;

namespace Equecel.Cli.Common;

/// <summary>A failure in words for the person at the terminal.</summary>
/// <param name="Lines">What is wrong and what to do; further lines name fields.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record Failure(IReadOnlyList<string> Lines, int ExitCode)
{
    /// <summary>Finds the words.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="gateway">The gateway that was called; null when none was.</param>
    public static Failure Explain(Exception exception, Uri? gateway) => exception switch
    {
        CliException e => new([e.Message], e.ExitCode),
        RpcException e => Explain(e, gateway),
        PostgresException e => new([$"PostgreSQL refuses: {e.MessageText} ({e.SqlState})."], Common.ExitCode.NotSo),
        NpgsqlException => new(["PostgreSQL does not answer. Start the platform, or look at its log."], Common.ExitCode.NotReachable),
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or JsonException =>
            new([$"{exception.Message} Check the file that the command names."], Common.ExitCode.Usage),
        IOException or InvalidDataException => new([exception.Message], Common.ExitCode.NotSo),
        _ => new(
            [$"Something went wrong that should not ({exception.GetType().Name}: {exception.Message}). Set EQUECEL_TRACE=1 to see where, and report it."],
            Common.ExitCode.NotSo),
    };

    private static Failure Explain(RpcException failure, Uri? gateway)
    {
        var problem = RpcProblem.Of(failure);
        return problem.Code switch
        {
            StatusCode.Unavailable or StatusCode.Internal when IsUntrusted(failure.Status.DebugException) => new(
                ["The platform's certificate is not trusted here. Name the authority that vouches for it with --certificate-authority."], Common.ExitCode.NotReachable),
            StatusCode.DeadlineExceeded when IsTransport(failure) => new(
                [$"The gateway {gateway} gave no answer in time. See with equecel status what the platform does, and try again in a while."], Common.ExitCode.NotReachable),
            StatusCode.Unavailable when IsTransport(failure) => new(
                [$"The gateway {gateway} does not answer. Start the platform, or name its address with --gateway."], Common.ExitCode.NotReachable),
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => new(
                [$"{Sentence(problem.Message)} Start the platform, check --gateway and --identity, or try again in a while."], Common.ExitCode.NotReachable),
            StatusCode.Unauthenticated => new([$"{Sentence(problem.Message)} Check --client and its secret."], Common.ExitCode.NotAllowed),
            StatusCode.PermissionDenied => new(
                [$"{Sentence(problem.Message)} Name a client that is allowed this with --client."], Common.ExitCode.NotAllowed),
            _ => new([.. problem.Lines()], Common.ExitCode.NotSo),
        };
    }

    // The library's own words, about sockets, begin so; the platform's messages do not.
    private static bool IsTransport(RpcException failure) =>
        failure.Status.Detail.Length == 0 || failure.Status.Detail.StartsWith("Error ", StringComparison.Ordinal);

    private static bool IsUntrusted(Exception? cause) => cause is not null && (cause is AuthenticationException || IsUntrusted(cause.InnerException));

    private static string Sentence(string text) => text.Length == 0 || text.EndsWith('.') ? text : $"{text}.";
}
