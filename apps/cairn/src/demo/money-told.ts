import type { Category } from '../features/money/category-rules.ts';
import type { Diet } from '../features/people/needs/need-rules.ts';

/** Where somebody of the cast comes from, and what the way costs there and back, in cents of US dollars. */
export interface Home {
  readonly city: string;
  readonly country: string;
  readonly airport: string;
  readonly fare: number;
  /** What they pay in at home. */
  readonly currency: string;
}

const home = (
  city: string,
  country: string,
  airport: string,
  fare: number,
  currency: string,
): Home => ({ city, country, airport, fare: fare * 100, currency });

/** By the zone in which they live. Prices are invented. */
export const HOMES: Readonly<Record<string, Home>> = {
  'America/Los_Angeles': home('Berkeley', 'US', 'SFO', 240, 'USD'),
  'America/New_York': home('New York', 'US', 'JFK', 460, 'USD'),
  'America/Chicago': home('Chicago', 'US', 'ORD', 410, 'USD'),
  'America/Denver': home('Boulder', 'US', 'DEN', 320, 'USD'),
  'Pacific/Honolulu': home('Honolulu', 'US', 'HNL', 520, 'USD'),
  'America/Mexico_City': home('Mexico City', 'MX', 'MEX', 560, 'MXN'),
  'America/Sao_Paulo': home('São Paulo', 'BR', 'GRU', 1180, 'BRL'),
  'America/Lima': home('Lima', 'PE', 'LIM', 930, 'PEN'),
  'America/Argentina/Buenos_Aires': home('Buenos Aires', 'AR', 'EZE', 1290, 'USD'),
  'Europe/London': home('London', 'GB', 'LHR', 890, 'GBP'),
  'Europe/Dublin': home('Dublin', 'IE', 'DUB', 860, 'EUR'),
  'Europe/Paris': home('Paris', 'FR', 'CDG', 910, 'EUR'),
  'Europe/Berlin': home('Berlin', 'DE', 'BER', 940, 'EUR'),
  'Europe/Amsterdam': home('Utrecht', 'NL', 'AMS', 900, 'EUR'),
  'Europe/Rome': home('Pisa', 'IT', 'FCO', 980, 'EUR'),
  'Europe/Warsaw': home('Kraków', 'PL', 'KRK', 970, 'PLN'),
  'Europe/Prague': home('Prague', 'CZ', 'PRG', 950, 'CZK'),
  'Europe/Bratislava': home('Bratislava', 'SK', 'VIE', 960, 'EUR'),
  'Europe/Stockholm': home('Uppsala', 'SE', 'ARN', 920, 'SEK'),
  'Europe/Oslo': home('Oslo', 'NO', 'OSL', 930, 'NOK'),
  'Europe/Copenhagen': home('Copenhagen', 'DK', 'CPH', 910, 'DKK'),
  'Europe/Helsinki': home('Helsinki', 'FI', 'HEL', 940, 'EUR'),
  'Europe/Sofia': home('Sofia', 'BG', 'SOF', 990, 'EUR'),
  'Europe/Bucharest': home('Bucharest', 'RO', 'OTP', 1010, 'RON'),
  'Europe/Istanbul': home('Istanbul', 'TR', 'IST', 990, 'TRY'),
  'Africa/Casablanca': home('Rabat', 'MA', 'CMN', 1040, 'MAD'),
  'Africa/Lagos': home('Lagos', 'NG', 'LOS', 1390, 'NGN'),
  'Africa/Accra': home('Accra', 'GH', 'ACC', 1330, 'GHS'),
  'Africa/Johannesburg': home('Cape Town', 'ZA', 'CPT', 1480, 'ZAR'),
  'Asia/Kolkata': home('Pune', 'IN', 'BOM', 1210, 'INR'),
  'Asia/Tokyo': home('Tokyo', 'JP', 'HND', 980, 'JPY'),
  'Asia/Seoul': home('Daejeon', 'KR', 'ICN', 1020, 'KRW'),
  'Australia/Sydney': home('Sydney', 'AU', 'SYD', 1310, 'AUD'),
};

/** Invented rates, about as they were in the spring of 2023: how many dollars one unit was worth. */
export const DOLLARS: Readonly<Record<string, string>> = {
  ...{ EUR: '1.0854', GBP: '1.2381', JPY: '0.00745', INR: '0.01218', PLN: '0.2361' },
  ...{ CZK: '0.0461', SEK: '0.0967', NOK: '0.0951', DKK: '0.1457', RON: '0.2196' },
  ...{ TRY: '0.0516', MAD: '0.0984', NGN: '0.00217', GHS: '0.0871', ZAR: '0.0549' },
  ...{ KRW: '0.000762', AUD: '0.6694', MXN: '0.0553', BRL: '0.1981', PEN: '0.2668' },
};

/** What the funder gives, line by line, in cents; and what each may pay. */
export const LINES = [
  {
    ...{
      key: 'participants',
      title: 'Travel, food and lodging of participants',
      minor: 7_800_000,
    },
    categories: [
      ...['travel', 'local_transport', 'mileage', 'visa', 'lodging', 'meals', 'care', 'other'],
    ] as Category[],
    isParticipantSupport: true,
    needsEstimate: true,
    personCeiling: 420_000,
  },
  {
    ...{ key: 'house', title: 'Catering, rooms and materials', minor: 1_100_000 },
    categories: ['catering', 'venue', 'supplies'] as Category[],
    isParticipantSupport: false,
    needsEstimate: false,
    personCeiling: null,
  },
] as const;

/** Who shares a room with women only. */
export const WITH_WOMEN: readonly string[] = [
  'Katarzyna Wolska',
  'Fatima Zahra El Amrani',
  'Linnea Ahlgren',
  'Chiara Bellandi',
  'Amara Diallo',
  'Rosalind Achterberg',
];

/** What people eat, and what they need; told in turn. Undefined: said nothing. */
export const DIETS_TOLD: readonly (
  | {
      readonly diets: readonly Diet[];
      readonly allergies?: string;
      readonly access?: string;
      readonly stepFree?: boolean;
    }
  | undefined
)[] = [
  { diets: [] },
  { diets: ['vegetarian'] },
  { diets: [] },
  { diets: ['vegan'], allergies: 'Peanuts, even traces' },
  undefined,
  { diets: [] },
  { diets: ['halal'] },
  { diets: ['gluten_free'] },
  { diets: [], access: 'I walk with a stick; no stairs, please.', stepFree: true },
  { diets: ['vegetarian'] },
  { diets: [] },
];

/** Restaurants near the institute; invented. */
export const RESTAURANTS = [
  {
    ...{
      name: 'The Long Table',
      seats: 24,
      walkMinutes: 6,
      isAccessible: true,
      price: '20–30 USD',
    },
    ...{ diets: ['vegetarian', 'vegan', 'gluten_free', 'halal'], link: null, note: '' },
  },
  {
    ...{ name: 'Noodles by the Canal', seats: 16, walkMinutes: 9, isAccessible: true },
    ...{ diets: ['vegetarian', 'vegan'], link: null, note: '', price: '15–25 USD' },
  },
  {
    ...{ name: 'Upstairs', seats: 12, walkMinutes: 4, isAccessible: false, price: '25–35 USD' },
    ...{ diets: ['vegetarian', 'gluten_free'], link: null, note: 'Two flights of stairs.' },
  },
];

/** Bills that came to the organisers, in dollars. */
export const BILLS = [
  {
    ...{ supplier: 'Guest house on the Ave', category: 'lodging', spentOn: '2023-05-27' },
    ...{ text: '120 room nights for 37 people', amount: '22680.00' },
  },
  {
    ...{ supplier: 'Kitchen round the corner', category: 'catering', spentOn: '2023-05-26' },
    ...{ text: 'Five lunches for forty', amount: '3600.00' },
  },
  {
    ...{ supplier: 'The Long Table', category: 'catering', spentOn: '2023-05-25' },
    ...{ text: 'Dinners with the group', amount: '2412.50' },
  },
] as const satisfies readonly { readonly category: Category; readonly [key: string]: string }[];
