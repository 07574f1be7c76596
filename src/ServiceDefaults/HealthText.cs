using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Equecel.ServiceDefaults;

/// <summary>The health page: how the service is, and below that what is not well with it.</summary>
internal static class HealthText
{
    /// <summary>Writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="report">How the service is.</param>
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Join('\n', Lines(report)));
    }

    private static IEnumerable<string> Lines(HealthReport report) =>
        report.Entries
            .Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => $"{entry.Key}: {entry.Value.Description ?? entry.Value.Status.ToString()}")
            .Prepend(report.Status.ToString());
}
