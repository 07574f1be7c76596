namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named address that a project listens on.</summary>
public sealed class EndpointAnnotation
{
    internal EndpointAnnotation(string name) => Name = name;

    /// <summary>Name, as in <c>Kestrel:Endpoints:name</c> and <c>services:resource:name:0</c>.</summary>
    public string Name { get; }

    /// <summary>Fixed TCP port; null or zero lets the host choose a free one.</summary>
    public int? Port { get; set; }

    /// <summary>Scheme of the address, <c>http</c> or <c>https</c>.</summary>
    public string UriScheme { get; set; } = "http";

    /// <summary>Host that the project binds to.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Whether callers outside the application use it.</summary>
    public bool IsExternal { get; set; }

    /// <summary>The port in use; zero until the application starts.</summary>
    internal int AllottedPort { get; set; }

    /// <summary>The address that the project binds to.</summary>
    internal string BindingUrl => $"{UriScheme}://{TargetHost}:{AllottedPort}";

    /// <summary>The address that callers on this machine use.</summary>
    internal string Url => $"{UriScheme}://localhost:{AllottedPort}";
}
