namespace Equecel.Analytics.Report.Drawing;

/// <summary>The area of a picture in which data are drawn: a share against days.</summary>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Days">Days at its right edge.</param>
internal sealed record Plot(double Left, double Top, double Width, double Height, double Days)
{
    /// <summary>Its right edge.</summary>
    public double Right => Left + Width;

    /// <summary>Its lower edge.</summary>
    public double Bottom => Top + Height;

    /// <summary>Where a day is.</summary>
    /// <param name="days">Days from infusion.</param>
    public double X(double days) => Left + (Width * Math.Min(days, Days) / Days);

    /// <summary>Where a share is.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public double Y(double share) => Bottom - (Height * share);
}
