import { daysBetween, expectZone, type PlainDate } from '@cairn/kernel/time';
import { inSeries } from '../../summits/facts.ts';
import { expectDay } from './poll-rules.ts';
import type { StoredBlackout } from './week-rules.ts';

/** A public holiday of a country; most last one day. */
export interface Holiday {
  readonly from: PlainDate;
  readonly until: PlainDate;
  readonly title: string;
}

/** The library with its tables of all countries is large, and only organisers of a poll need it. */
const holidayLibrary = async () => (await import('date-holidays')).default;

/** Every country whose public holidays are known, by its name. */
export async function knownCountries(): Promise<
  { readonly code: string; readonly name: string }[]
> {
  const Holidays = await holidayLibrary();
  return Object.keys(new Holidays().getCountries('en'))
    .map((code) => ({ code, name: countryName(code) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The English name of a country by its ISO 3166 code. */
export const countryName = (code: string): string => countryNames.of(code) ?? code;

const countryNames = new Intl.DisplayNames('en-GB', { type: 'region' });

const DAY = 86_400_000;

/** The nationwide public holidays of a country that touch these days; bank and school holidays are none. */
export async function publicHolidays(
  country: string,
  { from, until }: { readonly from: PlainDate; readonly until: PlainDate },
): Promise<Holiday[]> {
  const Holidays = await holidayLibrary();
  const calendar = new Holidays(country, { languages: ['en'], types: ['public'] });
  const found: Holiday[] = [];
  // A holiday of several days may have begun in the year before.
  for (let year = from.year - 1; year <= until.year; year += 1) {
    for (const { date, start, end, name } of calendar.getHolidays(year)) {
      const first = expectDay(date.slice(0, 10));
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      const last = first.add({ days: days - 1 });
      const touches = daysBetween(from, last) >= 0 && daysBetween(first, until) >= 0;
      if (touches) found.push({ from: first, until: last, title: name });
    }
  }
  return found;
}

/** The same holiday of several countries as one line: “Easter Monday (France and Germany)”. */
export function withCountriesNamed(blackouts: readonly StoredBlackout[]): StoredBlackout[] {
  const groups = new Map<string, StoredBlackout[]>();
  for (const each of blackouts) {
    const key =
      each.country === undefined
        ? each.id
        : [each.from, each.until, each.effect, each.title].join('|');
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.flatMap(({ country }) =>
      country === undefined ? [] : [countryName(country)],
    );
    return [
      names.length === 0 ? first : { ...first, title: `${first.title} (${inSeries(names)})` },
    ];
  });
}

let regionByZone: ReadonlyMap<string, string> | undefined;

/** Which country a zone lies in, as the machine's time zone data says. */
function regionOfZone(zone: string): string | undefined {
  regionByZone ??= zonesByRegion();
  return regionByZone.get(canonical(zone));
}

const canonical = (zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

function zonesByRegion(): Map<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const zones = new Map<string, string>();
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    // Names of two letters that are no country have no zones.
    const list = (new Intl.Locale('und', { region: code }) as WithZones).getTimeZones?.() ?? [];
    for (const zone of list) {
      if (!zones.has(canonical(zone))) zones.set(canonical(zone), code);
    }
  }
  return zones;
}

/** ECMA-402 Intl Locale Info, which TypeScript's library does not know yet. */
type WithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

/** Countries that people come from, as far as their zones tell, those of most people first. */
export function countriesOfZones(
  zones: readonly (string | undefined)[],
): { readonly country: string; readonly people: number }[] {
  const counts = new Map<string, number>();
  for (const zone of zones) {
    const country = zone === undefined ? undefined : regionOfZone(expectZone(zone));
    if (country !== undefined) counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return [...counts]
    .map(([country, people]) => ({ country, people }))
    .sort((a, b) => b.people - a.people || a.country.localeCompare(b.country));
}
