namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ broker.</summary>
public class RabbitMQServerResource : ServerResource
{
    internal RabbitMQServerResource(string name, ParameterResource password)
        : base(name, password)
    {
    }

    internal override string Kind => "RabbitMQ";

    internal override string ConnectionString => $"amqp://guest:{Uri.EscapeDataString(PasswordParameter.Value)}@127.0.0.1:{Port}";
}
