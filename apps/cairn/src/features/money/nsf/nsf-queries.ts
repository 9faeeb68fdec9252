import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { participantStatuses } from '../funders/participant-queries.ts';
import { moneyPeople } from '../funders/people-queries.ts';
import { balancesOf } from '../journal/balance-queries.ts';
import { staysOf } from '../stays/stay-queries.ts';
import { type Awarded, type FormBudget, formBudget, formWarnings } from './nsf-rules.ts';

/** What was awarded for the lines of the form, as it was typed. */
export interface SavedAward {
  readonly awarded: Awarded;
  readonly participants: number | null;
  readonly revision: number;
}

/** What was awarded; nothing where nobody said. */
export async function awardOf(db: Reader, funderId: string): Promise<SavedAward> {
  const row = await db
    .selectFrom('nsfBudget')
    .select(['awarded', 'participants', 'revision'])
    .where('funderId', '=', funderId)
    .executeTakeFirst();
  return row === undefined
    ? { awarded: {}, participants: null, revision: 0 }
    : { ...row, awarded: row.awarded as Awarded }; // written by saveAward only
}

/** A funder's budget in the shape of the form, with what an auditor would ask about. */
export async function formOf(
  db: Reader,
  treasurer: Treasurer,
  summit: Summit,
  funder: Funder,
): Promise<{
  readonly budget: FormBudget;
  readonly award: SavedAward;
  readonly warnings: readonly string[];
  readonly names: ReadonlyMap<string, string>;
}> {
  const award = await awardOf(db, funder.id);
  const lines = (await fundLinesOf(db, summit.id)).filter((line) => line.funder.id === funder.id);
  const statuses = await participantStatuses(db, treasurer);
  const stays = new Map(
    (await staysOf(db, treasurer)).map((stay) => [stay.personId, stay.fromCountry]),
  );
  const people = await moneyPeople(db, treasurer);
  const budget = formBudget({
    lines,
    balances: await balancesOf(db, treasurer),
    people: new Map(
      people.map(({ personId }) => [
        personId,
        {
          personId,
          isParticipant: statuses.get(personId)?.isParticipant,
          fromCountry: stays.get(personId) ?? null,
        },
      ]),
    ),
    isSummitAbroad: !/^(us|usa|united states)/i.test(summit.definition.venue.country),
    awarded: award.awarded,
    indirectRate: funder.indirectRate,
  });
  const based = lines.filter((line) => line.isParticipantSupport && line.inIndirectBase);
  return {
    budget,
    award,
    warnings: formWarnings(budget, {
      currency: funder.currency,
      movedOut: await movedOut(db, funder.id),
      basedLines: based.map(({ title }) => title),
      awardedPeople: award.participants,
    }),
    names: new Map(people.map(({ personId, name }) => [personId, name])),
  };
}

/** How much transfers took out of a funder's lines of participant support, less what they brought back. */
async function movedOut(db: Reader, funderId: string): Promise<number> {
  const { rows } = await sql<{ minor: string | number }>`
    select coalesce(sum(-posting.minor), 0)::bigint as minor
    from journal_posting posting
    join journal_entry entry on entry.id = posting.entry_id and entry.kind = 'transfer'
    join fund_line line on line.id = posting.line_id and line.is_participant_support
    where line.funder_id = ${funderId} and posting.stage = 'left'
      and not exists (select from journal_entry undone where undone.corrects = entry.id)`.execute(
    db,
  );
  return Math.max(0, Number(rows[0]?.minor ?? 0));
}
