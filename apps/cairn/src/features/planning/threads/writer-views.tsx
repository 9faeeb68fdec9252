import type { WrittenBy } from './thread-queries.ts';

/** Who wrote or did something: a person with a way to what they do in the plan, an account on GitHub, or Cairn. */
export function WriterName({ by, home }: { by: WrittenBy; home: string }) {
  if (by.personId !== null) {
    // Whoever was erased has neither name nor handle.
    if (by.name === null || by.name === '') return <span class="quiet">somebody who left</span>;
    return by.handle === null ? (
      <bdi>{by.name}</bdi>
    ) : (
      <a href={`${home}/plan/people/${by.handle}`}>
        <bdi>{by.name}</bdi>
      </a>
    );
  }
  if (by.login !== null) {
    return (
      <span>
        <bdi>{by.login}</bdi> <span class="quiet">(GitHub)</span>
      </span>
    );
  }
  return by.accountId === null ? <span>Cairn</span> : <span class="quiet">somebody on GitHub</span>;
}

/** The same as plain text, where no link can be. */
export const writerWords = (by: WrittenBy): string =>
  by.personId === null && by.accountId === null ? 'Cairn' : by.name || by.login || 'somebody';
