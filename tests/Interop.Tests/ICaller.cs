namespace Equecel.Interop.Tests;

/// <summary>A client of the echo service.</summary>
public interface ICaller
{
    /// <summary>The name that its interceptor sends.</summary>
    string Name { get; }

    /// <summary>Makes a call.</summary>
    Task<Outcome> CallAsync(string address, EchoCall wanted);

    /// <summary>Asks for the health of a service.</summary>
    /// <returns>The name of its state in the health protocol.</returns>
    Task<string> CheckHealthAsync(string address, string service);
}
