using System.Globalization;

namespace Equecel.Faults.Tests.Rounds;

/// <summary>Tells what is being done, on standard error.</summary>
internal static class Progress
{
    /// <summary>Tells it.</summary>
    public static void Say(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {what}"));
}
