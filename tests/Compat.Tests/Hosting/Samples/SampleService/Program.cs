// A service for the tests of the host: healthy after SAMPLE_DELAY_MS or as SAMPLE_HEALTH says, tells its environment, writes a line when it stops.
using System.Globalization;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
var healthyFrom = Environment.TickCount64 + int.Parse(Environment.GetEnvironmentVariable("SAMPLE_DELAY_MS") ?? "0", CultureInfo.InvariantCulture);

Console.WriteLine("\e[31mstarted\e[0m");
app.MapGet("/health", () => Environment.TickCount64 >= healthyFrom ? Results.Text(Environment.GetEnvironmentVariable("SAMPLE_HEALTH") ?? "Healthy") : Results.StatusCode(503));
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/directory", () => Directory.GetCurrentDirectory());
app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine("stopped properly"));

app.Run();
