import { isGroup } from '@cairn/formats/plain-data';
import { safeLink } from '@cairn/formats/safe-link';
import type { ComponentChildren } from 'preact';
import type { Fact } from '../../../design/prose.tsx';
import { targetFrom } from '../documents/path-rules.ts';
import { encodedPath } from '../documents/text-rules.ts';

/** Keys that hold handles, and those that hold paths from the top of the plan. */
const PEOPLE = new Set(['lead', 'people', 'by', 'deciders', 'owner']);
const PATHS = new Set(['duplicate-of', 'topics', 'standard']);

/** Keys of front matter that a page shows in other places. */
const ELSEWHERE = new Set(['title']);

/** The front matter of a document as facts; whatever is in it, also what nobody here knows. */
export function frontFacts(
  front: unknown,
  place: { readonly plan: string; readonly path: string },
): Fact[] {
  if (!isGroup(front)) return [];
  return Object.entries(front).flatMap(([key, value]) => {
    if (ELSEWHERE.has(key) || isEmpty(value)) return [];
    const term = key.replace(/[-_]+/g, ' ');
    return [
      { term: term.charAt(0).toUpperCase() + term.slice(1), value: shownValue(key, value, place) },
    ];
  });
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

function shownValue(
  key: string,
  value: unknown,
  place: { readonly plan: string; readonly path: string },
): ComponentChildren {
  if (Array.isArray(value)) {
    return value.map((each, index) => (
      <>
        {index > 0 && (isShort(value) ? ', ' : <br />)}
        {shownValue(key, each, place)}
      </>
    ));
  }
  if (isGroup(value)) {
    return (
      <ul>
        {Object.entries(value).map(([name, inner]) => (
          <li key={name}>
            {name}: {isGroup(inner) ? Object.values(inner).map(String).join(': ') : String(inner)}
          </li>
        ))}
      </ul>
    );
  }
  const text = String(value);
  if (PEOPLE.has(key))
    return <a href={`${place.plan}/people/${encodeURIComponent(text)}`}>@{text}</a>;
  if (PATHS.has(key)) return <a href={`${place.plan}/files/${encodedPath(text)}`}>{text}</a>;
  if (/^https?:\/\//i.test(text)) {
    const href = safeLink(text);
    return href === undefined ? text : <a href={href}>{text}</a>;
  }
  const target = key === 'links' ? targetFrom(place.path, text) : undefined;
  return target === undefined ? (
    text
  ) : (
    <a href={`${place.plan}/files/${encodedPath(target.path)}`}>{text}</a>
  );
}

const isShort = (values: readonly unknown[]): boolean =>
  values.every((each) => String(each).length < 40);
