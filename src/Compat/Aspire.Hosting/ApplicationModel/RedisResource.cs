namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public class RedisResource : ServerResource
{
    internal RedisResource(string name, ParameterResource password)
        : base(name, password)
    {
    }

    internal override string Kind => "Redis";

    internal override string ConnectionString => $"127.0.0.1:{Port},password={PasswordParameter.Value}";
}
