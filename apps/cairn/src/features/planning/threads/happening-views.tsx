import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Glyph, type Shape } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import type { Happening } from './thread-queries.ts';
import { numberHref } from './thread-rules.ts';
import { WriterName } from './writer-views.tsx';

interface HappeningLineProps {
  readonly happening: Happening;
  readonly home: string;
  readonly zone: ZoneName;
}

/** One line between comments on what was done. */
export function HappeningLine({ happening, home, zone }: HappeningLineProps) {
  const { shape, words } = toldAs(happening, home);
  return (
    <SystemLine shape={shape}>
      <WriterName by={happening.by} home={home} /> {words}{' '}
      <span class="quiet">
        <When instant={happening.at} zone={zone} />
      </span>
    </SystemLine>
  );
}

/** A line of that kind, for other parts that tell their own. */
export const SystemLine = ({ shape, children }: { shape: Shape; children: ComponentChildren }) => (
  <p class="happened small">
    <Glyph shape={shape} /> <span>{children}</span>
  </p>
);

interface ToldAs {
  readonly shape: Shape;
  readonly words: ComponentChildren;
}

function toldAs({ kind, data }: Happening, home: string): ToldAs {
  const text = (name: string): string => String(data[name] ?? '');
  const thread = (name: string) => {
    const number = Number(data[name]);
    return <a href={numberHref(home, number)}>#{number}</a>;
  };
  switch (kind) {
    case 'closed':
      return { shape: 'disc', words: 'closed this' };
    case 'reopened':
      return { shape: 'ring', words: 'opened this again' };
    case 'locked':
      return { shape: 'dash', words: 'locked the conversation: only organisers write here now' };
    case 'unlocked':
      return { shape: 'ring', words: 'opened the conversation to everybody again' };
    case 'labels':
      return { shape: 'diamond', words: labelWords(data) };
    case 'titled':
      return {
        shape: 'dash',
        words: (
          <>
            changed the title from “<bdi>{text('from')}</bdi>” to “<bdi>{text('to')}</bdi>”
          </>
        ),
      };
    case 'state':
      return {
        shape: 'half',
        words: (
          <>
            moved it from {text('from')} to <strong>{text('to')}</strong>
          </>
        ),
      };
    case 'mentioned':
      return { shape: 'dash', words: <>named it in {thread('by')}</> };
    case 'merged':
      return { shape: 'half', words: <>merged {thread('from')} into this</> };
    case 'unmerged':
      return { shape: 'half', words: <>took {thread('from')} out of this again</> };
    case 'merged-into':
      return { shape: 'half', words: <>merged this into {thread('into')}</> };
    case 'unmerged-from':
      return { shape: 'half', words: <>took this out of {thread('into')} again</> };
    case 'document':
      return {
        shape: 'diamond',
        words: (
          <>
            changed <a href={`${home}/plan/files/${text('path')}`}>the document</a> in{' '}
            <a href={`${home}/plan/commits/${text('commit')}`}>
              <code>{text('commit').slice(0, 7)}</code>
            </a>
          </>
        ),
      };
    case 'document-gone':
      return { shape: 'cross', words: <>took its document away: {text('path')}</> };
    default:
      return { shape: 'dash', words: kind };
  }
}

function labelWords(data: Readonly<Record<string, unknown>>): ComponentChildren {
  const names = (key: string): string[] =>
    Array.isArray(data[key]) ? data[key].map((name) => `“${String(name)}”`) : [];
  const [added, removed] = [names('added'), names('removed')];
  const parts = [
    added.length > 0 ? `added ${added.join(', ')}` : '',
    removed.length > 0 ? `took off ${removed.join(', ')}` : '',
  ].filter((part) => part !== '');
  return (
    <>
      {parts.join(' and ')} {added.length + removed.length === 1 ? '(label)' : '(labels)'}
    </>
  );
}
