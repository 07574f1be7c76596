namespace Aspire.Hosting;

/// <summary>The application cannot run as described; the message is one sentence that says what to do.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Says nothing more.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>Says what is wrong.</summary>
    /// <param name="message">One sentence that says what to do.</param>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and because of what.</summary>
    /// <param name="message">One sentence that says what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DistributedApplicationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
