/** What a funder may want with a claim, or for the summit as a whole. */
export const DOCUMENTS = {
  receipts: 'Receipts of every cost',
  boarding_passes: 'Boarding passes or tickets',
  carrier_record: 'The record of carriers of each flight',
  attendance: 'Who was there on which day',
  agenda: 'The agenda',
  report: 'A report of each person',
} as const satisfies Record<string, string>;

export type FundDocument = keyof typeof DOCUMENTS;
export const DOCUMENT_KEYS = Object.keys(DOCUMENTS) as readonly FundDocument[]; // the keys of the constant above

/** What a stored document is called; its key where a later version of Cairn wrote it. */
export const documentLabel = (key: string): string =>
  DOCUMENT_KEYS.includes(key as FundDocument) ? DOCUMENTS[key as FundDocument] : key; // looked up first
