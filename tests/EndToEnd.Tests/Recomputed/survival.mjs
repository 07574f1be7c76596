// Survival without progression, overall, and without loss of the response: survival methods, sections 2 to 6, 12.5 and 12.6.

import { logRank, told as comparison } from './comparison.mjs';
import { least, MONTH, most } from './records.mjs';
import { curve, quantileOf } from './statistics.mjs';
import { toResponse } from './subjects.mjs';
import { count, line, marks, months, part, percent, piece, range } from './words.mjs';

function toProgression({ pd, death, adequate, infusion }) {
  if (pd !== null && !(death !== null && death < pd)) return { date: pd, event: true, end: 'Progression' };
  if (death !== null) return { date: death, event: true, end: 'Death' };
  const last = adequate.at(-1)?.date;
  return { date: last ?? infusion, event: false, end: last === undefined ? 'No adequate assessment' : 'Last adequate assessment' };
}

const toDeath = ({ death, alive, infusion }) => death !== null
  ? { date: death, event: true, end: 'Death' } : { date: Number.isFinite(alive) ? alive : infusion, event: false, end: 'Last known alive' };

// What ends a time, in the order in which it is told.
const ENDS = ['Progression', 'Death', 'Last adequate assessment', 'No adequate assessment', 'Last known alive'];

const since = (start, { date, event, end }) => ({ days: Math.max(1, date - start + 1), event, end });

export const progressionFree = one => since(one.infusion, toProgression(one));
export const overall = one => since(one.infusion, toDeath(one));

// From the first recorded response, of those who have one.
export const inResponse = one => { const { date } = toResponse(one, 4); return date === undefined ? null : since(date, toProgression(one)); };

/** The probability after some months, with its limits, and how many are at risk. */
export function at(times, month) {
  const rows = curve(times);
  const time = month * MONTH;
  const last = rows.filter(one => one.t <= time).at(-1) ?? { s: 1, lower: null, upper: null };
  const atRisk = times.filter(one => one.days >= time).length;
  const estimable = !(time > rows.at(-1).t && last.s > 0);
  return {
    atRisk: count(atRisk), few: estimable && atRisk < 10, estimable, share: percent(last.s), limits: range(last.lower, last.upper),
  };
}

const inWords = ({ estimable, share, limits }) => estimable ? `${share} % (${limits})` : 'not estimable: beyond last follow-up';

function quantile(times, p) {
  const rows = curve(times);
  const [middle, low, high] = ['s', 'lower', 'upper'].map(which => quantileOf(rows, p, which));
  const shown = days => days === null ? 'NE' : months(days);
  return middle === null ? 'not estimable: not reached' : `${months(middle)} (${shown(low)}–${shown(high)})`;
}

// Of overall survival, whatever the curve is of: its reverse, and the range.
function followUp(list) {
  const times = list.map(overall);
  const [first, last] = [least, most].map(end => months(end(times.map(one => one.days))));
  return `${quantile(times.map(one => ({ ...one, event: !one.event })), 0.5)}; range ${first}–${last}`;
}

export function survival(id, name, columns, timeOf) {
  const groups = columns.map(([label, list]) => [label, list.filter(one => timeOf(one) !== null)]).map(([label, list]) => ({ label, list, times: list.map(timeOf) }));
  const { list: everybody, times: all } = groups[0];
  const events = (times, which) => count(times.filter(one => one.event === which).length);
  const words = `${events(all, true)} of ${count(all.length)} participants had the event, ${events(all, false)} were censored. ${name} at 6 months: ${inWords(at(all, 6))}.${at(all, 6).few ? ' Fewer than 10 were at risk then.' : ''} `
    + `Median, months: ${quantile(all, 0.5)}. Median follow-up, months: ${followUp(everybody)}.`;
  const last = most(all.map(one => one.days));
  const risks = ticks => groups.map(({ label, times }) => piece([label, ...ticks.map(month => at(times, month).atRisk)]));
  const told = (label, cell) => line(label, ...groups.map(({ times }) => cell(times)));
  const ends = isEvent => ENDS.filter(end => all.some(one => one.event === isEvent && one.end === end))
    .map(end => told(end, times => count(times.filter(one => one.end === end).length)));
  return {
    lines: [
      words, words, words,
      ...marks(last, 14).map(month => line(month, ...groups.flatMap(({ times }) => [at(times, month).atRisk, inWords(at(times, month)) + (at(times, month).few ? '†' : '')]))),
      line(...groups.map(({ label, times }) => `${label} (N = ${count(times.length)})`)),
      told('Events', times => events(times, true)), ...ends(true),
      told('Censored', times => part(times.filter(one => !one.event).length, times.length)), ...ends(false),
      told('Before 6 months', times => count(times.filter(one => !one.event && one.days < 6 * MONTH).length)),
      ...[0.25, 0.5, 0.75].map(p => told(`${100 * p} % had the event by`, times => quantile(times, p))),
      line('Median follow-up', ...groups.map(({ list }) => followUp(list))),
      comparison('Log-rank test', logRank(...groups.slice(1).map(({ times }) => times))),
    ],
    figures: { [`${id}-wide`]: risks(marks(last, 14)), [`${id}-narrow`]: risks(marks(last, 6)) },
    of: all.length,
  };
}
