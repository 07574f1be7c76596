namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of every resource.</summary>
public abstract class Resource : IResource
{
    /// <summary>Names the resource.</summary>
    /// <param name="name">1 to 64 ASCII letters, digits and hyphens, a letter first.</param>
    /// <exception cref="ArgumentException">The name is not of that form.</exception>
    protected Resource(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 64 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw new ArgumentException($"'{name}' does not name a resource: 1 to 64 letters, digits and hyphens, a letter first.", nameof(name));
        }

        Name = name;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>What must be ready before this starts.</summary>
    internal List<Resource> WaitsFor { get; } = [];

    /// <summary>Whose connection strings or addresses this uses.</summary>
    internal List<Resource> Uses { get; } = [];

    /// <summary>Environment variables; the values are known once ports and passwords are.</summary>
    internal Dictionary<string, Func<string>> Environment { get; } = [];

    /// <summary>Further command line arguments.</summary>
    internal List<string> Arguments { get; } = [];

    /// <summary>The resource that is run on behalf of this one: a database's is its server.</summary>
    internal virtual Resource Host => this;

    /// <summary>What the resource page calls this kind of resource.</summary>
    internal abstract string Kind { get; }
}
