import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { validateXML } from 'xmllint-wasm';
import { elementsIn, readXml, type XmlElement } from './read-xml.ts';

/**
 * The official schemas of schedules. Their licence (EUPL-1.2) is not ours, so they are not in this
 * repository: whoever has a checkout of voc/schedule names its folder `validator` here. What they demand
 * is written down below as facts in our own words, and tested always.
 */
const folder = process.env['CAIRN_FRAB_SCHEMAS'] ?? '';
const XSD = join(folder, 'xsd', 'schedule.xml.xsd');
const JSON_SCHEMA = join(folder, 'json', 'schema.json');

export const hasOfficialSchemas = folder !== '' && existsSync(XSD) && existsSync(JSON_SCHEMA);

/** What the official XSD has against a document. */
export async function officialComplaintsAboutXml(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'schedule.xml', contents: xml },
    schema: { fileName: 'schedule.xsd', contents: readFileSync(XSD, 'utf8') },
  });
  return errors.map(({ message }) => message);
}

/** Whether another program (libxml2) reads it as XML at all, and what it says where not. */
export async function complaintsAboutXmlAsSuch(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'schedule.xml', contents: xml },
    normalization: 'format',
  });
  return errors.map(({ message }) => message);
}

let compiled: ValidateFunction | undefined;

/** What the official JSON schema has against a document. */
export function officialComplaintsAboutJson(value: unknown): string[] {
  compiled ??= compiledSchema();
  compiled(value);
  return (compiled.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** It is published with comments in it; its format for `start` contradicts its own examples. */
function compiledSchema(): ValidateFunction {
  const text = readFileSync(JSON_SCHEMA, 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addMetaSchema(draft6);
  return ajv.compile(JSON.parse(text) as object);
}

/** A schedule taken apart, the same from both formats, so that they can be compared. */
export interface TakenApart {
  readonly version: string;
  readonly conference: Readonly<Record<string, string>>;
  readonly days: readonly {
    readonly date: string;
    readonly starts: string;
    readonly ends: string;
  }[];
  readonly events: readonly Readonly<Record<string, string>>[];
}

const EVENT_KEYS =
  'date start duration room slug url title subtitle track type language abstract description'.split(
    ' ',
  );
const CONFERENCE_KEYS = 'acronym title start end timeslot_duration time_zone_name url'.split(' ');

/** Takes apart `schedule.xml`, with a reader that shares nothing with ours. */
export function takeApartXml(xml: string): TakenApart {
  const root = readXml(xml.replace(/^<\?xml[^>]*\?>\n/, ''));
  const text = (element: XmlElement, name: string): string =>
    element.children.find((child) => child.name === name)?.text ?? '';
  const texts = (element: XmlElement, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, text(element, name)]));
  const [conference] = elementsIn(root, 'conference');
  if (conference === undefined) throw new Error('no conference');
  return {
    version: text(root, 'version'),
    conference: { ...texts(conference, CONFERENCE_KEYS), days: text(conference, 'days') },
    days: elementsIn(root, 'day').map(({ attributes: { date, start, end } }) => ({
      date: date ?? '',
      starts: start ?? '',
      ends: end ?? '',
    })),
    events: elementsIn(root, 'day').flatMap((day, index) =>
      elementsIn(day, 'room').flatMap((room) =>
        elementsIn(room, 'event').map((event) => ({
          ...texts(event, EVENT_KEYS),
          ...event.attributes,
          day: String(index + 1),
          inRoom: room.attributes['name'] ?? '',
          persons: elementsIn(event, 'person')
            .map((person) => `${person.attributes['id']} ${person.text}`)
            .join('\n'),
        })),
      ),
    ),
  };
}

type Group = Record<string, unknown>;

/** Takes apart `schedule.json`. */
export function takeApartJson(json: string): TakenApart {
  const { schedule } = JSON.parse(json) as { schedule: Group };
  const conference = schedule['conference'] as Group;
  const days = conference['days'] as Group[];
  const texts = (group: Group, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, String(group[name] ?? '')]));
  return {
    version: String(schedule['version']),
    conference: {
      ...texts(conference, CONFERENCE_KEYS),
      days: String(conference['daysCount']),
    },
    days: days.map(({ date, day_start: starts, day_end: ends }) => ({
      date: String(date),
      starts: String(starts),
      ends: String(ends),
    })),
    events: days.flatMap((day) =>
      Object.entries(day['rooms'] as Record<string, Group[]>).flatMap(([room, events]) =>
        events.map((event) => ({
          ...texts(event, [...EVENT_KEYS, 'guid', 'id']),
          day: String(day['index']),
          inRoom: room,
          persons: (event['persons'] as Group[])
            .map(({ id, public_name: name }) => `${id} ${name}`)
            .join('\n'),
        })),
      ),
    ),
  };
}

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;
const CONFERENCE_SHAPES: readonly [string, RegExp][] = [
  ['acronym', /^[a-z0-9_]{4,}$/],
  ['start', /^\d{4}-\d{2}-\d{2}$/],
  ['end', /^\d{4}-\d{2}-\d{2}$/],
  ['days', /^[1-9]\d*$/],
  ['timeslot_duration', /^\d{1,2}:\d{2}$/],
  ['time_zone_name', /^(?:[A-Z][a-z]+\/[A-Z][a-z]+.*|.*UTC|)$/],
  ['url', /^https?:\/\/.+/],
];
const EVENT_SHAPES: readonly [string, RegExp][] = [
  ['id', /^[1-9]\d{0,9}$/],
  ['guid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['date', WITH_OFFSET],
  ['start', /^[0-2]\d:[0-5]\d$/],
  ['duration', /^\d{2}:[0-5]\d$/],
  ['slug', /^[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]$/],
  ['url', /^https?:\/\/.+/],
];

/** What of the official schemas' demands, as far as both formats share them, is not kept. */
export function complaintsAbout({ conference, days, events }: TakenApart): string[] {
  const shapes = (group: Readonly<Record<string, string>>, known: typeof EVENT_SHAPES) =>
    known
      .filter(([key, shape]) => !shape.test(group[key] ?? ''))
      .map(([key]) => `${key} is “${group[key]}”`);
  const twice = (key: string) => {
    const values = events.map((event) => event[key]);
    return new Set(values).size < values.length ? [`two events share a ${key}`] : [];
  };
  return [
    ...shapes(conference, CONFERENCE_SHAPES),
    ...(days.length === 0 ? ['there is no day'] : []),
    ...days.flatMap(({ starts, ends }) =>
      [starts, ends].filter((at) => !WITH_OFFSET.test(at)).map((at) => `a day’s end is “${at}”`),
    ),
    ...events.flatMap((event) => shapes(event, EVENT_SHAPES)),
    ...events
      .filter(({ room, inRoom }) => room !== inRoom)
      .map(({ title }) => `“${title}” is in two rooms`),
    ...['id', 'guid', 'slug'].flatMap(twice),
  ];
}
