// Numbers as the report writes them: rounded half away from zero.

import { clopperPearson, poisson, quantile } from './statistics.mjs';
import { MONTH } from './records.mjs';

export const round = (value, digits) => (Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits * (1 + 1e-14))) / 10 ** digits;
export const percent = share => round(100 * share, 1).toFixed(1);
export const count = number => number.toLocaleString('en-US');
export const number = value => `${round(value, Math.abs(value) < 10 ? 2 : 1)}`.replace('-', '\u2212');
export const months = days => round(days / MONTH, 1).toFixed(1);
export const range = (low, high) => `${low === null ? 'NE' : `${percent(low)}–${percent(high)}`}`;

// A share of nobody is not a share of 0 %.
const NOBODY = 'not estimable: no participants';

/** Participants of a number, with the exact interval. */
export const share = (x, n) => { if (n === 0) return NOBODY; const [low, high] = clopperPearson(x, n); return `${count(x)} (${percent(x / n)} %; ${range(low, high)})`; };

/** Participants of a number, without the interval; of whom, where that is not everybody of the column. */
export const part = (x, n, of = n) => of === 0 ? NOBODY : `${count(x)}${of === n ? '' : `/${count(of)}`} (${percent(x / of)} %)`;

/** Things of a number of things. */
export const things = (x, n) => n === 0 ? 'not estimable: nothing expected' : `${count(x)}/${count(n)} (${percent(x / n)} %)`;

/** Events per 100 person-months of some days at risk, with the exact interval. */
export function rate(events, days) {
  const [low, high] = poisson(events).map(limit => (100 * limit * MONTH) / days);
  return `${count(events)}: ${number((100 * events * MONTH) / days)} (${number(low)} to ${number(high)})`;
}

/** Median, quartiles, range and number of values. */
export function summary(values) {
  if (values.length === 0) return 'not estimable: no values';
  const sorted = [...values].sort((a, b) => a - b);
  return `${number(quantile(sorted, 0.5))} (${number(quantile(sorted, 0.25))}–${number(quantile(sorted, 0.75))}); ${number(sorted[0])}–${number(sorted.at(-1))}; n = ${count(sorted.length)}`;
}

/** A line of a table: its label and its cells. */
export const line = (...cells) => cells.join(' | ').replace(/^[ |]+|[ |]+$/g, '');

/** The heading of a table whose columns are groups of participants. */
export const heading = columns => line(...columns.map(([name, list]) => `${name} (N = ${count(list.length)})`));

/** A line of such a table: the cell of each group. */
export const row = (label, columns, cell) => line(label, ...columns.map(([, list]) => cell(list)));

/** Lines that count by a property: label by value. */
export const rows = (labels, columns, of, cell = part) => Object.entries(labels)
  .map(([value, label]) => row(label, columns, list => cell(list.filter(one => of(one) === value).length, list.length)));

/** A text of a figure, literally. */
const literally = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A piece of a figure: texts beside each other, and those that are there where there is room. */
export const piece = (texts, perhaps = []) => literally(texts.join(' | ')) + perhaps.map(text => `( \\| ${literally(text)})?`).join('');

/** A figure of bars: what it says in words, wide and narrow, and the texts of both pictures. */
export function bars(id, list) {
  const words = `${list.map(([label, long]) => `${label}: ${long}`).join('; ')}.`;
  return {
    lines: [words, words],
    figures: { [`${id}-wide`]: list.map(([label, long]) => piece([label, long])), [`${id}-narrow`]: list.map(([label, , short]) => piece([label, short])) },
  };
}

/** A figure of bars whose pieces are grades. */
export function gradeBars(id, list) {
  const words = `${list.map(([label, short, grades]) => `${label}: ${short}, worst grade ${grades.flatMap((n, i) => n > 0 ? `${i + 1} in ${count(n)}` : []).join(', ')}`).join('; ')}.`;
  const pieces = list.map(([label, short, grades]) => piece([label.length <= 40 ? label : `${label.slice(0, 40)}…`, short], grades.filter(n => n > 0).map(String)));
  return { lines: [words, words], figures: { [`${id}-wide`]: pieces, [`${id}-narrow`]: pieces } };
}

/** Months at which an axis to a day has its marks: a choice of the picture, as is how many fit. */
export function marks(lastDay, most) {
  const reach = Math.max(3, Math.ceil(lastDay / MONTH));
  const step = [1, 3, 6, 12, 24].find(one => (one > 1 || reach <= 12) && Math.ceil(reach / one) + 1 <= most) ?? 24;
  return [...Array(Math.ceil(reach / step) + 1).keys()].map(i => i * step);
}
