// A service for the tests of the host: healthy as SAMPLE_HEALTH says, once the file SAMPLE_WAITS_FOR is there, tells its environment, writes a line when it stops.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
var awaited = Environment.GetEnvironmentVariable("SAMPLE_WAITS_FOR") ?? "";

Console.WriteLine("\e[31mstarted\e[0m");
app.MapGet("/health", () => awaited.Length == 0 || File.Exists(awaited) ? Results.Text(Environment.GetEnvironmentVariable("SAMPLE_HEALTH") ?? "Healthy") : Results.StatusCode(503));
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/directory", () => Directory.GetCurrentDirectory());
app.Lifetime.ApplicationStopped.Register(() => Console.WriteLine("stopped properly"));

app.Run();
