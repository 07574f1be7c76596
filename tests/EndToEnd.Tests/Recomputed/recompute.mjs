// Usage: node recompute.mjs FOLDER INSTANT
//
// Recomputes the numbers of the study report as of an instant from the records as the feeds of the four capture services give them
// (SERVICE.ndjson in FOLDER, a change a line), by the study's analysis plan, rule set RWS-1, and prints
// { parts: { ID: [LINE] }, figures: { ID: [PIECE] } }: the lines of a part of the report that have a number, in their order, a row of a
// table being its cells with " | " between, and what a picture says, as regular expressions that are found in its texts one after the other.
// It shares nothing with the product but the contracts: neither code nor libraries.

import { baseline } from './baseline.mjs';
import { hospitalStays, resourceUse } from './care.mjs';
import { cytopenia } from './cytopenia.mjs';
import { qualityOfLife } from './life.mjs';
import { dataQuality } from './quality.mjs';
import { read } from './records.mjs';
import { atLeast, bestResponse, incidence, swimmer, timeToResponse } from './response.mjs';
import { adverseEventRates, adverseEvents, deaths, having, isOf, secondCancers, terms } from './safety.mjs';
import { everybody } from './subjects.mjs';
import { at, inResponse, overall, progressionFree, survival } from './survival.mjs';
import { priorTherapy } from './therapy.mjs';
import { treatment, treatmentFlow } from './treatment.mjs';
import { count, percent, share } from './words.mjs';

const [folder, asOf] = process.argv.slice(2);
const { people, sites, versions, newest } = read(folder, asOf);
const whole = everybody(people);
const all = whole.filter(one => one.infused);
const columns = [['All', all], ['Prospective', all.filter(one => one.origin === 'PROSPECTIVE')], ['Retrospective', all.filter(one => one.origin === 'RETROSPECTIVE')]];

const when = `As known at ${asOf}; no cut-off date; from ${count(versions)} versions of records, the newest saved at ${newest}.`;
const whom = (n, left = []) => `${count(n)} participants of all sites; ${left.length === 0 ? 'none left out' : `left out: ${left.join(', ')}`}.`;
const notInfused = whole.length === all.length ? [] : [`${count(whole.length - all.length)} not infused`];

const response = survival('duration-of-response', 'In response', columns, inResponse);
const withoutResponse = all.length === response.of ? [] : [`${count(all.length - response.of)} no response`];
const parts = {
  baseline: baseline(columns, sites),
  'prior-therapy': priorTherapy(columns),
  treatment: treatment(columns),
  'treatment-flow': treatmentFlow(columns),
  'best-response': bestResponse(columns),
  incidence: incidence(columns),
  'time-to-response': timeToResponse(columns),
  'duration-of-response': { ...response, whom: whom(response.of, [...notInfused, ...withoutResponse]) },
  swimmer: swimmer(all),
  'progression-free-survival': survival('progression-free-survival', 'Progression-free', columns, progressionFree),
  'overall-survival': survival('overall-survival', 'Alive', columns, overall),
  'adverse-events': adverseEvents(columns),
  terms: terms(columns),
  'adverse-event-rates': adverseEventRates(columns),
  cytopenia: cytopenia(columns),
  deaths: deaths(columns),
  'second-cancers': secondCancers(columns),
  'hospital-stays': hospitalStays(columns),
  'resource-use': resourceUse(columns),
  'quality-of-life': qualityOfLife(all, columns.slice(1)),
  'data-quality': { ...dataQuality(whole, asOf), whom: whom(whole.length) },
};

// The main results: a number, and what it is made of.
function keyFigures() {
  const rate = x => { const [, exact] = share(x, all.length).match(/; (.*)\)/); return [`${percent(x / all.length)} %`, `${count(x)}/${count(all.length)}; ${exact}`]; };
  const free = timeOf => { const { share, limits, atRisk } = at(all.map(timeOf), 6); return [`${share} %`, `${limits}; ${atRisk} at risk`]; };
  return [
    whom(all.length, notInfused), when, count(all.length), ...rate(atLeast(all, 4)), ...rate(atLeast(all, 6)),
    'Progression-free at 6 months', ...free(progressionFree), 'Alive at 6 months', ...free(overall),
    ...rate(having(all, isOf('CRS'))), ...rate(having(all, isOf('ICANS'))), 'Adverse event of grade 3 or more', ...rate(having(all, event => event.grade >= 3)),
  ];
}

console.log(JSON.stringify({
  parts: {
    '': keyFigures(),
    ...Object.fromEntries(Object.entries(parts).map(([id, { lines, whom: those }]) => [id, [...lines.filter(text => /\d/.test(text)), `Data. ${those ?? whom(all.length, notInfused)} ${when}`]])),
  },
  figures: Object.assign({}, ...Object.values(parts).map(part => part.figures ?? {})),
}));
