// Tests between two groups, exploratory in a study with one arm.
//
// Sources: Mantel 1966 (log-rank); Gray 1988, with weight 1, its variance written as a sum over the events of what each of them moves.

import { gamma } from './statistics.mjs';
import { number, round } from './words.mjs';

const at = (list, t) => list.filter(one => one.days === t);
const atRisk = (list, t) => list.filter(one => one.days >= t).length;
const timesOf = (list, test) => [...new Set(list.filter(test).map(one => one.days))].sort((a, b) => a - b);

/** The log-rank statistic of the times of two groups; null when no difference could have shown. */
export function logRank(one, other) {
  let [u, v] = [0, 0];
  for (const t of timesOf([...one, ...other], time => time.event)) {
    const [n1, d1] = [atRisk(one, t), at(one, t).filter(time => time.event).length];
    const [n, d] = [n1 + atRisk(other, t), d1 + at(other, t).filter(time => time.event).length];
    u += d1 - (d * n1) / n;
    if (n > 1) v += ((d * (n - d)) / (n - 1)) * (n1 / n) * (1 - n1 / n);
  }
  return v > 0 ? u ** 2 / v : null;
}

/** Gray's statistic for outcome 1 against 2 of the times of two groups; null when no difference could have shown. */
export function gray(one, other) {
  const groups = [one, other].map(list => ({ list, S: 1, F: 0 }));
  const steps = [];
  let [score, F0, c] = [0, 0, [0, 0]];
  for (const t of timesOf([...one, ...other], time => time.outcome !== 0)) {
    const now = groups.map(({ list, S, F }) => {
      const [n, d1, d2] = [atRisk(list, t), ...[1, 2].map(outcome => at(list, t).filter(time => time.outcome === outcome).length)];
      return { n, d1, d2, before: S, share: F, S: n === 0 ? S : (S * (n - d1 - d2)) / n, F: n === 0 ? F : F + (S * d1) / n };
    });
    // At risk as if the competing event removed nobody, and those of them still without the event.
    const whole = now.map(({ n, before }) => n / before || 0);
    const without = now.map(({ share }, k) => whole[k] * (1 - share));
    const [R, Q, d] = [whole[0] + whole[1], without[0] + without[1], now[0].d1 + now[1].d1];
    const weight = [whole[0] * (1 - whole[0] / R), (-whole[0] * whole[1]) / R];
    if (now[0].n > 0) score += now[0].d1 - (d * without[0]) / Q;
    c = c.map((sum, k) => sum + (now[0].n > 0 && now[k].n > 0 ? (weight[k] * d) / (R * (1 - F0)) : 0));
    F0 += d / R;
    steps.push({ now, R, d, F0, c, weight: weight.map((w, k) => now[0].n > 0 && now[k].n > 0 ? w : 0) });
    groups.forEach((group, k) => Object.assign(group, { S: now[k].S, F: now[k].F }));
  }

  // What an event moves now, and through the weights from then on.
  let variance = 0;
  for (const step of steps) {
    step.now.forEach(({ n, d2, before, S }, k) => {
      const later = c[k] - step.c[k];
      const left = S > 0 ? (1 - step.F0) / S : 0;
      if (n > 0 && step.d > 0) {
        const ties = step.d > 1 ? 1 - (step.d - 1) / (step.R * before - 1) : 1;
        variance += ((ties * before * step.d) / (step.R * n)) * (step.weight[k] + (S > 0 ? 1 - left : 1) * later) ** 2;
      }
      if (d2 > 0 && S > 0) {
        const ties = d2 > 1 ? 1 - (d2 - 1) / (n - 1) : 1;
        variance += ((ties * before ** 2 * d2) / n ** 2) * (left * later) ** 2;
      }
    });
  }
  return variance > 0 ? score ** 2 / variance : null;
}

/** The upper tail of chi-square with one degree of freedom. */
export const tail = chiSquare => chiSquare === 0 ? 1 : 1 - gamma(chiSquare / 2, 0.5);

/** A test of two groups as the report tells it. */
export function told(name, chiSquare) {
  const p = chiSquare === null ? null : tail(chiSquare);
  return `${name}, prospective against retrospective (exploratory): ${p === null
    ? 'not estimable: no difference between the groups could have shown'
    : `chi-square ${number(chiSquare)}, degrees of freedom 1, p ${p < 0.001 ? '< 0.001' : `= ${round(p, 3).toFixed(3)}`}`}.`;
}
