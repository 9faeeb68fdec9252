import { expectZone, type ZoneName } from './time.ts';

/**
 * Names under which some machines and browsers still tell a zone (the canonical identifiers of Unicode CLDR, which
 * never change) and the name that the time zone database has had for it since.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The present name of a zone, for a name that a browser told. */
export const presentZoneName = (told: string): string =>
  Object.hasOwn(RENAMED, told) ? (RENAMED[told] ?? told) : told;

/**
 * Every zone of this machine by its present name, and UTC, in alphabetical order: what people choose
 * from. Whoever looks for Kolkata does not look under Calcutta.
 */
export const zoneNames = (): readonly ZoneName[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone').map(presentZoneName), 'UTC'])]
    .sort()
    .map(expectZone);
