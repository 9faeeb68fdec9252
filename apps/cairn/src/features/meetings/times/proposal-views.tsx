import { expectZone, formatInstant, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, WallTimeField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import { WorldStrip } from '../../../design/week-grid.tsx';
import {
  type FoundTimes,
  type Judgement,
  type ProposedCall,
  sharedPain,
} from './proposal-rules.ts';
import { Wishes } from './search-views.tsx';
import type { TimeSearch } from './times-queries.ts';
import { wallOfMinute } from './wishes-rules.ts';

interface ProposalProps {
  readonly search: TimeSearch;
  readonly address: string;
  readonly back: string;
  readonly zone: ZoneName;
  readonly summitZone: ZoneName;
  readonly sociable: { readonly from: number; readonly until: number };
  /** The times on the page: those found, or those that the organiser tries. */
  readonly shown: FoundTimes;
  readonly judged: Judgement;
  readonly required: number;
  readonly known: number;
  readonly unknown: number;
  readonly isStale: boolean;
  /** Set when the organiser has changed a time: what the found ones come to, and what is wrong. */
  readonly trial?: { readonly keeping: number; readonly faults: readonly string[] } | undefined;
  readonly proof: string;
  readonly comparison: string | undefined;
  readonly missed: readonly string[];
  readonly wishes: readonly string[];
  readonly lines: readonly {
    readonly id: string;
    readonly name: string;
    readonly made: number;
    readonly sentences: readonly string[];
  }[];
  readonly page: number;
  readonly pages: number;
  readonly pageHref: (page: number) => string;
}

/** The times that were found, in everybody's terms; or others that an organiser tries. */
export function ProposalPage(props: ProposalProps) {
  const { search, judged, required, known, unknown, trial, proof, comparison, isStale } = props;
  const calls = judged.calls.length;
  return (
    <>
      {search.appliedAt !== undefined && (
        <p>
          <strong>These times are in use</strong> since{' '}
          <When instant={search.appliedAt} zone={props.zone} />.
        </p>
      )}
      {isStale && (
        <p>
          Somebody has said something else since this was found. The numbers below are those of now;
          whether better times exist by now, <a href={props.back}>a new search</a> finds out.
        </p>
      )}
      <p class="verdict">
        <strong>
          {judged.keeping} of {known}
        </strong>{' '}
        people can make {required} of {counted(calls, 'call')}, by what they have said.
        {unknown > 0 && ` ${unknown} more are unknown, and not counted as able.`}{' '}
        {trial === undefined
          ? proof
          : `The times that were found let ${trial.keeping} do so${difference(judged.keeping - trial.keeping)}.`}
      </p>
      {trial === undefined && comparison !== undefined && <p>{comparison}</p>}
      {trial !== undefined && trial.faults.length > 0 && (
        <ul>
          {trial.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {judged.calls.map((call) => (
        <CallSection key={call.key} call={call} {...props} />
      ))}
      <UseForm {...props} />
      <h2>Who cannot make {required}</h2>
      {props.missed.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Wishes wishes={props.wishes} />
      <Table
        caption="Unsociable time"
        note="in the calls that count for somebody, all together"
        columns={[
          { head: 'Outside sociable hours', cell: ({ words }: { words: string }) => words },
          { head: 'People', kind: 'number', cell: ({ people }) => people },
        ]}
        rows={sharedPain(judged.pains)}
        rowKey={({ words }) => words}
        empty=""
      />
      <PeopleTable {...props} />
      <WhatIf {...props} />
    </>
  );
}

const difference = (more: number): string =>
  more === 0 ? ', just as many' : `: ${Math.abs(more)} ${more > 0 ? 'fewer' : 'more'}`;

function CallSection({
  call,
  zone,
  summitZone,
  sociable,
}: { call: ProposedCall } & Pick<ProposalProps, 'zone' | 'summitZone' | 'sociable'>) {
  const utc = expectZone('UTC');
  const others = summitZone === zone ? [] : [{ term: 'At the summit', at: summitZone }];
  return (
    <>
      <h2>
        {call.title}
        {call.isFixed && <span class="quiet"> (keeps its time)</span>}
      </h2>
      <Facts
        facts={[
          { term: 'For you', value: <When instant={call.start} zone={zone} /> },
          ...others.map(({ term, at }) => ({
            term,
            value: <When instant={call.start} zone={at} />,
          })),
          { term: 'UTC', value: formatInstant(call.start, utc) },
          {
            term: 'Who can',
            value: `${call.yes} yes, ${call.ifNeedBe} if need be, ${call.cannot} cannot`,
          },
          ...(call.tracks.length === 0 ? [] : [{ term: 'Tracks', value: call.tracks.join(' · ') }]),
        ]}
      />
      {3 * call.cannot > 2 * (call.yes + call.ifNeedBe + call.cannot) && (
        <p>
          Most cannot come to this one: it is there for those who cannot make the others, and lets
          them keep their promise. If you would rather have a fuller call, try another time below.
        </p>
      )}
      <WorldStrip
        caption="Around the world"
        sociable={sociable}
        places={call.places.map(({ zones, ...place }) => ({ ...place, zone: placeName(zones) }))}
      />
    </>
  );
}

/** Zones by their cities: `America/Argentina/Buenos_Aires` is Buenos Aires. */
function placeName(zones: readonly ZoneName[]): string {
  const [first = '', second] = zones.map((zone) => zone.slice(zone.lastIndexOf('/') + 1));
  if (second === undefined) return first;
  return zones.length === 2 ? `${first}, ${second}` : `${first} and ${zones.length - 1} more zones`;
}

function UseForm({ search, address, shown, summitZone, trial }: ProposalProps) {
  if (search.appliedAt !== undefined && trial === undefined) return null;
  return (
    <Form action={`${address}/apply`} label="Use these times">
      {shown.calls.map(({ key, start }) => (
        <HiddenField key={key} name={`at_${key}`} value={wallOfMinute(start, summitZone)} />
      ))}
      <Actions>
        <SubmitButton>Use these times</SubmitButton>
        {trial !== undefined && <a href={address}>Back to what was found</a>}
      </Actions>
    </Form>
  );
}

function PeopleTable({ judged, lines, page, pages, pageHref }: ProposalProps) {
  const calls = judged.calls.length;
  return (
    <>
      <Table
        caption="Person by person"
        note="those who cannot make enough first"
        columns={[
          { head: 'Name', cell: ({ name }: ProposalProps['lines'][number]) => name },
          { head: 'Can make', kind: 'number', cell: ({ made }) => `${made} of ${calls}` },
          { head: 'In words', cell: ({ sentences }) => sentences.join(' ') },
        ]}
        rows={lines}
        rowKey={({ id }) => id}
        empty={<EmptyState>Nobody has said yet when they can.</EmptyState>}
        wide
      />
      <Pager label="people" page={page} pages={pages} href={pageHref} />
    </>
  );
}

function WhatIf({ address, judged, shown, summitZone }: ProposalProps) {
  const open = judged.calls.filter(({ isFixed }) => !isFixed);
  const startOf = (key: string): number => shown.calls.find((call) => call.key === key)?.start ?? 0;
  return (
    <>
      <h2>What if</h2>
      <p>Try other times and see who could come then. Nothing is saved by this.</p>
      <Form action={address} method="get" label="What if">
        {open.map(({ key, title }) => (
          <WallTimeField
            key={key}
            name={`at_${key}`}
            label={title}
            hint={`By the summit’s clock, ${summitZone.replaceAll('_', ' ')}.`}
            value={wallOfMinute(startOf(key), summitZone)}
          />
        ))}
        <Actions>
          <SubmitButton weight="ordinary">Judge these times</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
