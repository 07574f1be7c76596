// Windows of the visits, in days after the infusion: clinical domain, section 4. The baseline's ends are the product's: the reference has it "at most 35
// days before lymphodepletion".

const around = (week, either) => [7 * week - either, 7 * week + either];

/** Visits at which the response is assessed. */
export const RESPONSE = {
  BASELINE: [-35, -1], WEEK_2: around(2, 2), WEEK_4: around(4, 3), WEEK_8: around(8, 7), WEEK_12: around(12, 7), WEEK_16: around(16, 7), WEEK_20: around(20, 7), WEEK_24: around(24, 14),
};

/** Visits at which questionnaires are filled in. */
export const LIFE = Object.fromEntries(['BASELINE', 'WEEK_4', 'WEEK_8', 'WEEK_12', 'WEEK_24'].map(visit => [visit, RESPONSE[visit]]));

/** Days by which a day is outside a window: 0 inside, below 0 before it, above 0 after it. */
export const outside = (day, [low, high]) => day < low ? day - low : Math.max(0, day - high);
