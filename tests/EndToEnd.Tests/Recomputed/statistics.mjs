// The statistics of the recomputation.
//
// Sources: Clopper and Pearson 1934; Garwood 1936; Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002 (log-log limits);
// Brookmeyer and Crowley 1982; Aalen and Johansen 1978; Hyndman and Fan 1996 (quartiles of type 2). The incomplete beta
// function is the continued fraction of Abramowitz and Stegun, 26.5.8.

const Z = 1.959963984540054;

function logGamma(x) {
  // Stirling's series, after moving the argument up.
  let shift = 0;
  while (x < 15) shift -= Math.log(x++);
  const y = 1 / (x * x);
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x;
}

function beta(x, a, b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - beta(1 - x, b, a);
  let [c, d] = [1, 1 - ((a + b) * x) / (a + 1)];
  d = 1 / d;
  let fraction = d;
  for (let m = 1; m < 1000; m++) {
    let term = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + term * d);
    c = 1 + term / c;
    fraction *= d * c;
    term = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + term * d);
    c = 1 + term / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return (Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) * fraction) / a;
}

function solve(f, target, low, high) {
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < target) low = middle; else high = middle;
  }
  return (low + high) / 2;
}

export const clopperPearson = (x, n) => [
  x === 0 ? 0 : solve(p => beta(p, x, n - x + 1), 0.025, 0, 1),
  x === n ? 1 : solve(p => beta(p, x + 1, n - x), 0.975, 0, 1),
];

// The lower incomplete gamma function by its series, Abramowitz and Stegun, 6.5.29.
export function gamma(x, a) {
  let [term, total] = [1 / a, 1 / a];
  for (let n = 1; n < 100_000 && term > total * 1e-17; n++) total += term *= x / (a + n);
  return total * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Exact limits of a Poisson count (Garwood 1936). */
export const poisson = k => [
  k === 0 ? 0 : solve(x => gamma(x, k), 0.025, 0, 2 * k + 20),
  solve(x => gamma(x, k + 1), 0.975, 0, 2 * k + 20),
];
export const tQuantile = df => solve(t => 1 - beta(df / (df + t * t), df / 2, 0.5) / 2, 0.975, 0, 1000);

export function quantile(sorted, p) {
  const at = sorted.length * p;
  return Number.isInteger(at) ? (sorted[at - 1] + sorted[at]) / 2 : sorted[Math.ceil(at) - 1];
}

// Kaplan–Meier.
export function curve(times) {
  let [s, g] = [1, 0];
  return [...new Set(times.map(one => one.days))].sort((a, b) => a - b).map(t => {
    const n = times.filter(one => one.days >= t).length;
    const d = times.filter(one => one.days === t && one.event).length;
    // A step without an event leaves the number as it is, to the last digit: searches tell equal heights apart.
    if (d > 0) s = n === d ? 0 : (s * (n - d)) / n;
    if (d > 0) g += n === d ? Infinity : d / (n * (n - d));
    const v = (Z * Math.sqrt(g)) / Math.abs(Math.log(s));
    const open = s === 1 || s === 0;
    return { t, s, lower: open ? null : s ** Math.exp(v), upper: open ? null : s ** Math.exp(-v) };
  });
}

export function quantileOf(rows, p, which) {
  const points = [];
  const seen = new Set();
  for (const { x, y } of [{ x: 0, y: 0 }, ...rows.map(row => ({ x: row.t, y: row[which] === null ? null : 1 - row[which] }))]) {
    if (!seen.has(y)) { seen.add(y); points.push({ x, y }); }
  }
  const [end, tol] = [points.at(-1), 2 ** -26];
  const known = points.filter(point => point.y !== null).sort((a, b) => a.y - b.y);
  const a = known.find(point => point.y >= p - tol);
  const b = known.find(point => point.y >= p + tol);
  if (!a) return null;
  if (end.y !== null && Math.abs(end.y - p) < tol) return (a.x + rows.at(-1).t) / 2;
  return b ? (a.x + b.x) / 2 : null;
}

// Aalen–Johansen cumulative incidence of outcome 1 against 2, with the variance of Marubini and Valsecchi; limits on the scale of log(-log F).
export function incidenceAt(times, at) {
  let [S, F, P, Q, T, B, C, R] = [1, 0, 0, 0, 0, 0, 0, 0];
  for (const t of [...new Set(times.map(one => one.days))].sort((x, y) => x - y).filter(t => t <= at)) {
    const n = times.filter(one => one.days >= t).length;
    const events = outcome => times.filter(one => one.days === t && one.outcome === outcome).length;
    const [k, d] = [events(1), events(1) + events(2)];
    const D = (S * k) / n;
    P += 2 * D * Q + D * D * R;
    Q += D * R;
    T += D * C;
    F += D;
    B += (S * S * k * (n - k)) / n ** 3;
    C += (S * k) / n ** 2;
    if (n > d) R += d / (n * (n - d));
    S *= (n - d) / n;
  }
  if (F <= 0 || F >= 1) return { share: F, free: S, lower: null, upper: null };
  const v = (Z * Math.sqrt(Math.max(0, P + B - 2 * T))) / (F * Math.abs(Math.log(F)));
  return { share: F, free: S, lower: F ** Math.exp(v), upper: F ** Math.exp(-v) };
}
