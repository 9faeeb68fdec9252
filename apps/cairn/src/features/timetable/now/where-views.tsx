import { counted, listed } from '@cairn/kernel/words';
import { EmptyState } from '../../../design/empty.tsx';
import { EntryName, placeOf, type Shown } from './now-views.tsx';
import type { Gathering } from './where-rules.ts';

const names = (people: Gathering['people']): string =>
  listed(people.map(({ name, isRemote }) => (isRemote ? `${name} (from afar)` : name)));

function Title({ gathering: { entry, kind }, shown }: { gathering: Gathering; shown: Shown }) {
  if (entry === undefined) return <>{kind === 'away' ? 'Not there' : 'In no session'}</>;
  const place = placeOf(entry, shown.timetable);
  return (
    <>
      <EntryName entry={entry} home={shown.home} />
      {place !== '' && <> · {place}</>} · until {entry.ends}
    </>
  );
}

/** Who is where, as far as agendas say. */
export function WhereList({
  gatherings,
  shown,
}: {
  gatherings: readonly Gathering[];
  shown: Shown;
}) {
  if (gatherings.length === 0) return <EmptyState>Nobody comes yet.</EmptyState>;
  return (
    <dl class="turns">
      {gatherings.map((gathering) => (
        <div key={gathering.entry?.id ?? gathering.kind}>
          <dt>
            <Title gathering={gathering} shown={shown} />
          </dt>
          <dd>
            <p>
              {gathering.people.length === 0 ? (
                <span class="quiet">Nobody said that they come.</span>
              ) : (
                <>
                  {names(gathering.people)}{' '}
                  <span class="quiet">
                    ({counted(gathering.people.length, 'person', 'people')})
                  </span>
                </>
              )}
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
