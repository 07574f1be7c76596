using System.Collections.Immutable;

namespace Equecel.Analytics.Ingestion;

/// <summary>Holds the figures: whoever takes part changes them, and metrics, health and operators read them.</summary>
internal sealed class IngestionState
{
    private IngestionFigures figures;

    /// <summary>Starts with nothing known but the services.</summary>
    public IngestionState(IEnumerable<CaptureService> services, TimeProvider time) => figures = new IngestionFigures
    {
        NotConsumingSince = time.GetUtcNow(),
        Services = services.ToImmutableSortedDictionary(service => service.Name, _ => new FollowedFigures(), StringComparer.Ordinal),
    };

    /// <summary>The figures now.</summary>
    public IngestionFigures Figures => Volatile.Read(ref figures);

    /// <summary>Changes the figures.</summary>
    /// <param name="change">Makes the new ones from the old; may be called more than once.</param>
    public void Change(Func<IngestionFigures, IngestionFigures> change) => ImmutableInterlocked.Update(ref figures, change);

    /// <summary>Changes the figures of one service.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="change">Makes the new ones from the old; may be called more than once.</param>
    public void Change(string service, Func<FollowedFigures, FollowedFigures> change) =>
        Change(all => all with { Services = all.Services.SetItem(service, change(all.Services[service])) });
}
