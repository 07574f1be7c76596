using System.Diagnostics.CodeAnalysis;

namespace Equecel.Analytics.Ingestion;

/// <summary>A message is not what its contract promises. The message says what is wrong, without the content.</summary>
internal sealed class ContractViolationException(string message) : Exception(message)
{
    /// <summary>Refuses a message.</summary>
    /// <param name="isKept">Whether the contract is kept.</param>
    /// <param name="violation">What is wrong if not.</param>
    /// <exception cref="ContractViolationException">It is not kept.</exception>
    public static void Unless([DoesNotReturnIf(false)] bool isKept, string violation)
    {
        if (!isKept)
        {
            throw new ContractViolationException(violation);
        }
    }
}
