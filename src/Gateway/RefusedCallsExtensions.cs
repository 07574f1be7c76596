namespace Equecel.Gateway;

/// <summary>Adds the log of refused calls to the program.</summary>
internal static class RefusedCallsExtensions
{
    /// <summary>Logs every call that is answered with 401.</summary>
    /// <param name="app">The program, before authentication.</param>
    public static void UseRefusedCallsLog(this WebApplication app)
    {
        var refused = ActivatorUtilities.CreateInstance<RefusedCalls>(app.Services);
        app.Use(next => async context =>
        {
            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
            {
                await refused.NoteAsync(context);
            }
        });
    }
}
