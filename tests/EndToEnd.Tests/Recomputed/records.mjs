// The records as the feeds of the four capture services give them, as they stood at an instant, and their dates.

import { readFileSync } from 'node:fs';

export const DAY = 86_400_000;
export const MONTH = 30.4375;

// Dates as whole days since 1970; an instant is of the day that it has in China.
export const day = text => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) / DAY : null;
export const dayInChina = instant => Math.floor((Date.parse(instant) + 8 * 3_600_000) / DAY);
export const monthStart = text => /^\d{4}-\d{2}$/.test(text ?? '') ? Date.parse(`${text}-01T00:00:00Z`) / DAY : null;
export const monthEnd = text => { const [year, month] = text.split('-').map(Number); return Date.UTC(year, month, 0) / DAY; };

// What is dated by its month counts from the month's first day, but not before the infusion, unless it ended before that.
export const completed = (text, infusion, ended = null) => day(text) ?? (monthStart(text) === null ? null
  : monthStart(text) <= infusion && infusion <= monthEnd(text) && !(ended !== null && ended < infusion) ? infusion : monthStart(text));

export const least = values => values.reduce((a, b) => Math.min(a, b), Infinity);
export const most = values => values.reduce((a, b) => Math.max(a, b), -Infinity);
export const by = key => (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
export const sum = values => values.reduce((a, b) => a + b, 0);

const camel = kind => kind.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Reads the files SERVICE.ndjson of a folder, a change a line, without what was saved after an instant. */
export function read(folder, asOf) {
  const [latest, firstSave] = [new Map(), new Map()];
  let [versions, newest] = [0, ''];
  for (const service of ['enrolment', 'assessment', 'safety', 'questionnaire']) {
    for (const line of readFileSync(`${folder}/${service}.ndjson`, 'utf8').split('\n').filter(Boolean)) {
      const { record } = JSON.parse(line);
      if (!record || instant(record.header.saveTime) > instant(asOf)) continue;
      const { recordId, version, saveTime } = record.header;
      versions++;
      if (instant(saveTime) > instant(newest)) newest = saveTime;
      if (!latest.has(recordId) || latest.get(recordId).header.version < version) latest.set(recordId, record);
      if (version === 1) firstSave.set(recordId, saveTime);
    }
  }

  const [people, sites] = [new Map(), new Map()];
  for (const { header, ...content } of latest.values()) {
    const form = content[camel(header.kind)];
    if (header.state !== 'RECORD_STATE_ACTIVE' || !form) continue;
    if (header.kind === 'site') sites.set(header.site, form);
    if (!header.participant) continue;
    if (!people.has(header.participant)) people.set(header.participant, {});
    (people.get(header.participant)[header.kind] ??= []).push({ ...form, header, firstSave: firstSave.get(header.recordId) });
  }
  return { people: [...people].sort(by(([code]) => code)), sites, versions, newest: shown(newest) };
}

// To the microsecond, which a number of milliseconds cannot hold: as text of one length.
const instant = text => text && text.replace(/(\.(\d+))?Z$/, (_, __, fraction) => `.${(fraction ?? '').padEnd(9, '0')}Z`);
const shown = text => text.replace(/\.?0*Z$/, 'Z');
