// Demographics and disease at baseline, derived from what the sites sent: clinical domain, 1.1.

import { DAY, day, monthEnd, monthStart } from './records.mjs';
import { heading, row, rows, summary } from './words.mjs';

const [YES, NO, UNKNOWN] = ['YES', 'NO', 'UNKNOWN'];
export const anyOf = answers => answers.includes(YES) ? YES : answers.every(one => one === NO) ? NO : UNKNOWN;
export const allOf = answers => answers.includes(NO) ? NO : answers.every(one => one === YES) ? YES : UNKNOWN;
const when = (value, test) => value === undefined || value === null ? UNKNOWN : test(value) ? YES : NO;

const historyOf = one => one.forms.myeloma_history?.[0] ?? {};
const person = one => one.forms.participation?.[0] ?? {};

// Completed years on a day; only the month of birth is collected, and its 15th stands for the day.
function age(one, on = one.infusion) {
  const born = monthStart(person(one).birthYearMonth);
  if (born === null) return null;
  const [birth, then] = [new Date((born + 14) * DAY), new Date(on * DAY)];
  const years = then.getUTCFullYear() - birth.getUTCFullYear();
  return then.getUTCMonth() * 100 + then.getUTCDate() < birth.getUTCMonth() * 100 + birth.getUTCDate() ? years - 1 : years;
}

const bmi = one => { const { heightCm, bodyMassKg } = person(one); return heightCm && bodyMassKg ? bodyMassKg / (heightCm / 100) ** 2 : null; };

function type(one) {
  const { heavyChain, lightChain } = historyOf(one);
  const heavy = (heavyChain ?? '').replace('HEAVY_CHAIN_', '');
  if (['IGG', 'IGA', 'IGD'].includes(heavy)) return heavy;
  if (heavy !== 'NONE') return 'OTHER';
  return ['LIGHT_CHAIN_KAPPA', 'LIGHT_CHAIN_LAMBDA'].includes(lightChain) ? 'LIGHT' : lightChain === 'LIGHT_CHAIN_NONE' ? 'NONE' : 'OTHER';
}

function iss(one) {
  const { diagnosisBeta2MicroglobulinMgPerL: b2m, diagnosisAlbuminGPerL: albumin } = historyOf(one);
  if (b2m === undefined) return UNKNOWN;
  if (b2m >= 5.5) return 'III';
  if (b2m >= 3.5) return 'II';
  return albumin === undefined ? UNKNOWN : albumin >= 35 ? 'I' : 'II';
}

// The upper limit of the site stands for one that the form does not state: that of everybody or of the sex, valid on the day of diagnosis.
function ldhIsHigh(one, sites) {
  const { diagnosisLdhUPerL: ldh, diagnosisLdhUpperLimitUPerL: stated, diagnosisDate } = historyOf(one);
  const sex = person(one).sex?.replace('SEX_', 'RANGE_SEX_');
  const limits = (sites.get(one.site)?.laboratoryRanges ?? []).filter(range => range.test === 'LABORATORY_TEST_LDH' && [sex, 'RANGE_SEX_UNSPECIFIED'].includes(range.sex));
  const valid = limits.filter(range => !(range.validFromDate > diagnosisDate)).sort((a, b) => (a.validFromDate < b.validFromDate ? 1 : -1))[0];
  const limit = stated ?? valid?.high;
  return ldh === undefined || limit === undefined ? UNKNOWN : ldh > limit ? YES : NO;
}

// Whether an abnormality was found in any sample; the worst answer of several samples counts.
function found(one, abnormality, test = () => true, samples = one.forms.cytogenetics ?? []) {
  const outcomes = samples.flatMap(sample => sample.results.filter(result => result.abnormality === `ABNORMALITY_${abnormality}`).map(result => ({ ...result, sample })));
  return outcomes.some(result => result.outcome === 'OUTCOME_POSITIVE' && test(result)) ? YES
    : outcomes.some(result => result.outcome === 'OUTCOME_POSITIVE' && test(result) === null) ? UNKNOWN
      : outcomes.some(result => result.outcome !== 'OUTCOME_NOT_DONE') ? NO : UNKNOWN;
}

const gain = one => anyOf([found(one, 'GAIN1Q21'), found(one, 'AMP1Q21')]);
const broad = one => [found(one, 'DEL17P'), found(one, 'TP53_MUTATION'), found(one, 'T4_14'), found(one, 'T14_16'), found(one, 'T14_20'), gain(one)];
const highRisk = (one, samples) => anyOf(['DEL17P', 'T4_14', 'T14_16'].map(name => found(one, name, () => true, samples)));

// The references do not say which samples tell about the diagnosis: those up to 90 days after it, as the product has it.
function atDiagnosis(one) {
  const { diagnosisDate } = historyOf(one);
  const end = (day(diagnosisDate) ?? (monthStart(diagnosisDate) === null ? Date.parse(`${diagnosisDate}-12-31`) / DAY : monthEnd(diagnosisDate))) + 90;
  return (one.forms.cytogenetics ?? []).filter(({ sampleDate }) => (day(sampleDate) ?? monthStart(sampleDate) ?? Date.parse(`${sampleDate}-01-01`) / DAY) <= end);
}

function riss(one, sites) {
  const [stage, risks] = [iss(one), [highRisk(one, atDiagnosis(one)), ldhIsHigh(one, sites)]];
  if (stage === 'II' || stage === UNKNOWN) return stage;
  const high = anyOf(risks);
  return high === UNKNOWN ? UNKNOWN : stage === 'I' ? (high === YES ? 'II' : 'I') : high === YES ? 'III' : 'II';
}

function atLeastTwo(answers) {
  const [positive, open] = [YES, UNKNOWN].map(value => answers.filter(one => one === value).length);
  return positive >= 2 ? YES : positive + open < 2 ? NO : UNKNOWN;
}

// A fifth of the plasma cells; of unselected cells, which dilute it, less says nothing.
const inFifth = ({ percentCells, sample }) => percentCells === undefined ? null : percentCells >= 20 ? true : sample.method === 'METHOD_FISH_CD138' ? false : null;

// High risk by the consensus of IMS and IMWG, 2025. The references do not say when blood is measured: at diagnosis, which the consensus is about.
function consensus(one) {
  const { diagnosisBeta2MicroglobulinMgPerL: b2m, diagnosisCreatinineUmolPerL: creatinine } = historyOf(one);
  const translocation = anyOf(['T4_14', 'T14_16', 'T14_20'].map(name => found(one, name)));
  const [single, both] = [found(one, 'DEL1P32_MONOALLELIC'), found(one, 'DEL1P32_BIALLELIC')];
  return anyOf([
    found(one, 'DEL17P', inFifth), found(one, 'TP53_MUTATION'),
    allOf([translocation, anyOf([gain(one), single, both])]), allOf([single, gain(one)]), both,
    allOf([when(b2m, value => value >= 5.5), when(creatinine, value => value < 106)]),
  ]);
}

const outside = places => one => {
  const where = (historyOf(one).extramedullary ?? UNKNOWN).replace('EXTRAMEDULLARY_', '');
  return where === UNKNOWN || where === 'UNSPECIFIED' ? UNKNOWN : places.includes(where) ? YES : NO;
};

// CKD-EPI 2021, with the creatinine at baseline and the age on its day, and compared before rounding.
function renal(one) {
  const { baselineCreatinineUmolPerL: creatinine, baselineDate } = historyOf(one);
  const { sex } = person(one);
  const years = age(one, day(baselineDate) ?? undefined);
  if (creatinine === undefined || years === null || !['SEX_MALE', 'SEX_FEMALE'].includes(sex)) return UNKNOWN;
  const [kappa, alpha, factor] = sex === 'SEX_FEMALE' ? [0.7, -0.241, 1.012] : [0.9, -0.302, 1];
  const ratio = creatinine / 88.4 / kappa;
  return 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** years * factor < 60 ? YES : NO;
}

const ANSWERS = { YES: 'Yes', NO: 'No', UNKNOWN: 'Unknown' };
const STAGES = { I: 'I', II: 'II', III: 'III', UNKNOWN: 'Unknown' };

export function baseline(columns, sites) {
  const distribution = (label, of) => row(label, columns, list => summary(list.map(of).filter(value => value !== null)));
  return {
    lines: [
      heading(columns), distribution('Age at infusion, years', one => age(one)),
      ...rows({ SEX_MALE: 'Male', SEX_FEMALE: 'Female', UNKNOWN: 'Unknown' }, columns, one => ['SEX_MALE', 'SEX_FEMALE'].includes(person(one).sex) ? person(one).sex : UNKNOWN),
      ...['0', '1', '2', '3', '4', 'Unknown'].map(label => rows({ [label.toUpperCase()]: label }, columns, one => `${person(one).ecog ?? UNKNOWN}`)).flat(),
      distribution('Body mass index, kg/m²', bmi),
      ...rows({ IGG: 'IgG', IGA: 'IgA', IGD: 'IgD', LIGHT: 'Light chain only', NONE: 'Non-secretory', OTHER: 'Other or unknown' }, columns, type),
      ...rows(STAGES, columns, iss), ...rows(STAGES, columns, one => riss(one, sites)),
      ...rows(ANSWERS, columns, one => highRisk(one)), ...rows(ANSWERS, columns, one => anyOf(broad(one))),
      'High risk (IMS/IMWG 2025)', ...rows(ANSWERS, columns, consensus), ...rows(ANSWERS, columns, one => atLeastTwo(broad(one))),
      ...rows(ANSWERS, columns, outside(['PARASKELETAL', 'EXTRAOSSEOUS', 'BOTH', 'CNS'])), ...rows(ANSWERS, columns, outside(['EXTRAOSSEOUS', 'BOTH', 'CNS'])),
      'Renal impairment (eGFR below 60)', ...rows(ANSWERS, columns, renal),
    ],
  };
}
