import { publishAgreement } from '../features/people/agreement/agreement-commands.ts';
import { addPerson, findOrCreatePerson } from '../features/people/persons/person-commands.ts';
import { createSummit } from '../features/summits/definition-commands.ts';
import { summitById } from '../features/summits/queries.ts';
import { announce } from '../features/summits/state-commands.ts';
import { castPeople } from './cast.ts';
import { demoPeople, demoSummitFile } from './files.ts';
import { DEMO_ORGANISER } from './people.ts';
import { type Player, pacific, type Stage } from './stage.ts';
import { chooseTheWeek } from './story-weeks.ts';

/** November 2022 to January 2023: the summit is founded, its week is found, and it is announced. */
export async function openStory(stage: Stage): Promise<void> {
  const { clock, db } = stage;
  clock.set(pacific('2022-11-14T10:00'));
  const first = await stage.do((tx) =>
    findOrCreatePerson(tx, stage.byItself(), { ...DEMO_ORGANISER, github: undefined }),
  );
  stage.organiserId = first.personId;
  await db
    .updateTable('person')
    .set({ isAdministrator: true })
    .where('id', '=', first.personId)
    .execute();
  const created = await stage.do((tx) =>
    createSummit(tx, stage.actor(), { source: demoSummitFile() }),
  );
  stage.summitId = created.id;
  const organiser = await stage.organiser();
  clock.set(pacific('2022-11-16T14:00'));
  const { definition } = await summitById(db, created.id);
  const players: Player[] = [];
  for (const role of castPeople(demoPeople(definition.communities))) {
    const { personId } = await stage.do((tx) =>
      addPerson(tx, stage.actor(), organiser, role.entry),
    );
    players.push({ id: personId, role });
  }
  stage.players = players;
  await chooseTheWeek(stage);
  clock.set(pacific('2023-01-11T09:00'));
  await stage.do((tx) => announce(tx, stage.actor(), organiser));
  await stage.do((tx) => publishAgreement(tx, stage.actor(), created.id));
}
