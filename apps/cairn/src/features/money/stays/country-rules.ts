/** Codes that name no country to come from: groups of states, and those kept for tests and tailoring. */
const NO_COUNTRY = new Set([
  ...['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'],
  // Names of former times, which stand for others now.
  ...[
    'AN',
    'BU',
    'CS',
    'DD',
    'DY',
    'FX',
    'HV',
    'NH',
    'RH',
    'SU',
    'TP',
    'UK',
    'VD',
    'YD',
    'YU',
    'ZR',
  ],
]);

const names = new Intl.DisplayNames('en-GB', { type: 'region', fallback: 'none' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Countries by name, with their codes of ISO 3166 in two letters. */
export const COUNTRIES: readonly { readonly value: string; readonly label: string }[] =
  LETTERS.flatMap((first) => LETTERS.map((second) => `${first}${second}`))
    .flatMap((value) => {
      const label = NO_COUNTRY.has(value) ? undefined : names.of(value);
      return label === undefined ? [] : [{ value, label }];
    })
    .sort((one, other) => one.label.localeCompare(other.label, 'en-GB'));

const labels = new Map(COUNTRIES.map(({ value, label }) => [value, label]));

/** Whether there is a country of this code. */
export const isCountry = (code: string): boolean => labels.has(code);

/** A country’s name; its code where it has none that is known. */
export const countryName = (code: string): string => labels.get(code) ?? code;
