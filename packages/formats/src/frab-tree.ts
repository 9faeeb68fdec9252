import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseXml, type XmlElement, XmlError } from '@rgrove/parse-xml';

/** In UTF-16 units; the schedule of a congress of 2,000 events takes 4 MB. */
const LARGEST = 8 * 1024 * 1024;

/**
 * A schedule's text as plain data in the shape of `schedule.json`, whichever of the two formats it is
 * in. Fails with one sentence where it is neither.
 */
export function scheduleTree(text: string): Result<unknown, Problem> {
  const bare = text.replace(/^\ufeff/, '').trimStart();
  if (text.length > LARGEST) {
    return fail(problem('too-long', 'This file is larger than 8 MB; no schedule of a summit is.'));
  }
  if (bare.startsWith('<')) return treeOfXml(bare);
  let tree: unknown;
  try {
    tree = JSON.parse(bare);
  } catch {
    const sentence =
      'This is neither JSON nor XML; export the schedule as schedule.json or schedule.xml and choose that file.';
    return fail(problem('not-a-schedule', sentence));
  }
  if (isDeep(tree, DEEPEST)) {
    return fail(problem('not-a-schedule', 'This JSON is nested too deeply to be a schedule.'));
  }
  return ok(tree);
}

/** A schedule needs nine levels; what is thousands deep cannot be written down again. */
const DEEPEST = 64;

const isDeep = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((inner) => isDeep(inner, left - 1)));

function treeOfXml(text: string): Result<unknown, Problem> {
  try {
    const { root } = parseXml(text, { ignoreUndefinedEntities: true });
    if (root?.name === 'schedule') return ok({ schedule: scheduleOf(root) });
    const sentence = `This XML begins with <${root?.name ?? ''}>; a schedule begins with <schedule>.`;
    return fail(problem('not-a-schedule', sentence));
  } catch (error) {
    if (error instanceof XmlError) {
      const sentence = 'This XML breaks off or is malformed here; export it again.';
      return fail(problem('broken-xml', sentence, { line: error.line, column: error.column }));
    }
    // Elements inside elements, thousands deep.
    if (error instanceof RangeError) {
      return fail(problem('broken-xml', 'This XML is nested too deeply to be a schedule.'));
    }
    throw error;
  }
}

const childrenOf = (element: XmlElement, name?: string): XmlElement[] =>
  element.children.filter(
    (node): node is XmlElement =>
      node.type === 'element' && (name === undefined || (node as XmlElement).name === name),
  );

/** The texts of the elements inside, by name. */
const textsIn = (element: XmlElement): Record<string, unknown> =>
  Object.fromEntries(childrenOf(element).map((child) => [child.name, child.text]));

function scheduleOf(root: XmlElement): unknown {
  const { day: _, conference: __, ...whole } = textsIn(root);
  const [conference] = childrenOf(root, 'conference');
  const { track: ___, ...said } = conference === undefined ? {} : textsIn(conference);
  return { ...whole, conference: { ...said, days: childrenOf(root, 'day').map(dayOf) } };
}

function dayOf(day: XmlElement): unknown {
  const rooms = new Map<string, unknown[]>();
  for (const room of childrenOf(day, 'room')) {
    const name = room.attributes['name'] ?? '';
    const inIt = rooms.get(name) ?? [];
    for (const event of childrenOf(room, 'event')) inIt.push(eventOf(event));
    rooms.set(name, inIt);
  }
  return { ...day.attributes, rooms: Object.fromEntries(rooms) };
}

function eventOf(event: XmlElement): unknown {
  const inside = (list: string, name: string): XmlElement[] =>
    childrenOf(event, list).flatMap((each) => childrenOf(each, name));
  return {
    ...event.attributes,
    ...textsIn(event),
    persons: inside('persons', 'person').map((person) => ({ name: person.text })),
    links: inside('links', 'link').map((link) => ({
      title: link.text,
      url: link.attributes['href'] ?? '',
    })),
    attachments: inside('attachments', 'attachment').map((each) => each.text),
  };
}
