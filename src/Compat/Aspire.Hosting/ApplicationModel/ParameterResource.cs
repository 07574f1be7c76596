namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from configuration, <c>Parameters:name</c>; a secret that is not there is generated once and kept.</summary>
public class ParameterResource : Resource
{
    private readonly Lazy<string> value;

    internal ParameterResource(string name, Func<string> value, bool secret)
        : base(name)
    {
        this.value = new(value);
        Secret = secret;
    }

    /// <summary>Whether the value must not be shown.</summary>
    public bool Secret { get; }

    /// <summary>The value.</summary>
    /// <exception cref="DistributedApplicationException">The parameter is not a secret and configuration has no value for it.</exception>
    internal string Value => value.Value;

    internal override string Kind => "parameter";
}
