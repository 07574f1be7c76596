using Microsoft.IdentityModel.Tokens;

namespace Equecel.ServiceDefaults;

/// <summary>A token could not be judged, because no signing key could be had from Identity yet.</summary>
internal sealed class SigningKeysUnavailableException(Exception cause) : SecurityTokenException("Identity gave no signing keys.", cause);
