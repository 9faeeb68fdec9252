import { Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { storeMoneyTraces } from '../../../../../../tests/money-traces.ts';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import {
  post,
  TEST_URL,
  testGit,
  testServices,
  visitorFromHeader,
} from '../../../../../../tests/services.ts';
import {
  NOW,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import { foundPlan } from '../../planning/repository/main-commands.ts';
import { documentAt } from '../../planning/repository/main-queries.ts';
import { answerInvitation } from '../invitations/answer-commands.ts';
import { chooseListing } from '../listing/listing-commands.ts';
import { recordEvidence } from '../promises/evidence-commands.ts';
import { excusePromise } from '../promises/excuse-commands.ts';
import { organiserOf, selfIn } from '../rights.ts';
import { erasureRoutes } from './erasure-routes.tsx';
import { oneself, ownData } from './own-data-queries.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;
let signedInAt = NOW;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  app = createApp(testServices(db), visitorFromHeader(db));
  app.route(
    '/',
    erasureRoutes({
      visitor: async (headers) => ({
        authUserId: `user-${headers.get('x-test-person')}`,
        sessionId: 'test-session',
        email: 'unused@example.org',
        method: 'test',
        since: signedInAt,
        setCookies: [],
      }),
      isFresh: ({ since }) => Temporal.Instant.compare(since.add({ hours: 1 }), NOW) > 0,
      addressHash: (email) => `hash of ${email.length}`,
    }),
  );
});
afterAll(() => database.drop());

/** Somebody of whom there is a trace wherever Cairn can hold one. */
async function storeTracedPerson(slug: string, name: string, handle: string) {
  const summit = await storeSummit(db, promisedSummit({ slug, seats: { planned: 1, ceiling: 1 } }));
  const summitId = summit.id;
  const organiserId = await storePerson(db, `${slug} Organiser`, { summitId, role: 'organiser' });
  const organiser = await organiserOf(db, summitId, {
    personId: organiserId,
    isAdministrator: false,
  });
  if (organiser === undefined) throw new Error('the organiser does not organise');
  const personId = await storePerson(db, name);
  const address = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const second = `${handle}@example.net`;
  await db
    .insertInto('personIdentity')
    .values([
      { kind: 'github', value: handle, personId, verifiedAt: null },
      { kind: 'email', value: second, personId, isPrimary: false, verifiedAt: null },
    ])
    .execute();
  await storeInvitation(db, summitId, personId);
  await inTransaction(db, async (tx) => {
    const signIn = { method: 'link', sessionId: `session of ${handle}` };
    await answerInvitation(tx, setUp(), summitId, personId, {
      answer: 'accept',
      agreement: { version: 1 },
      noticeDays: undefined,
      note: `I am ${name}`,
      signIn,
    });
    await recordEvidence(tx, setUp(), {
      summitId,
      personId,
      kind: 'attendance',
      subject: 'meeting:february',
      at: NOW,
      source: 'system',
    });
    await excusePromise(tx, setUp(), organiser, {
      personId,
      obligation: 'presence',
      reason: `${name} is ill`,
    });
    return chooseListing(tx, setUp(), selfIn(summitId, { personId }), ['name', 'github']);
  });
  const other = await storePerson(db, `${slug} Waiting`);
  await storeInvitation(db, summitId, other);
  await inTransaction(db, (tx) =>
    answerInvitation(tx, setUp(), summitId, other, {
      answer: 'accept',
      agreement: { version: 1 },
      noticeDays: undefined,
      note: `I share a room with ${name.toUpperCase()}.`,
      signIn: { method: 'link', sessionId: undefined },
    }),
  );
  const elsewhere = await storeSummit(db, promisedSummit({ slug: `${slug}_b` }));
  await storeInvitation(db, elsewhere.id, personId, `secret of ${handle}`);
  await database.pool.query(
    `update person set auth_user_id = $1, zone = 'Europe/Berlin' where id = $2`,
    [`user-${personId}`, personId],
  );
  const run = (text: string, ...values: unknown[]) => database.pool.query(text, values);
  await run(
    `insert into auth_user (id, name, email) values ($1, $2, $3)`,
    `user-${personId}`,
    name,
    address,
  );
  await run(
    `insert into auth_session (id, user_id, token, method, expires_at, updated_at, user_agent)
     values ($1, $1, $1, 'link', now(), now(), $2)`,
    `user-${personId}`,
    `browser of ${name}`,
  );
  await run(
    `insert into auth_passkey (id, user_id, name, public_key, credential_id, counter, device_type, backed_up)
     values ($1, $1, $2, 'k', $1, 0, 'x', false)`,
    `user-${personId}`,
    `${name}'s key`,
  );
  await run(
    `insert into auth_account (id, user_id, account_id, provider_id, updated_at)
     values ($1, $1, $2, 'github', now())`,
    `user-${personId}`,
    handle,
  );
  await run(
    `insert into auth_verification (id, identifier, value, expires_at) values ($1, $2, $3, now())`,
    `v-${personId}`,
    `sign-in-otp-${second}`,
    `{"email":"${address}"}`,
  );
  await run(
    `insert into feed (summit_id, person_id, secret_hash, name, created_at)
     values ($1, $2, decode(md5($3), 'hex'), $3, now())`,
    summitId,
    personId,
    `feed of ${name}`,
  );
  await run(
    `insert into api_token (person_id, name, secret_hash, scopes, created_at)
     values ($1, $2, decode(md5($2), 'hex'), '{}', now())`,
    personId,
    `token of ${name}`,
  );
  await run(
    `insert into sign_in_attempt (at, method, outcome, person_id, address_hash, network)
     values (now(), 'mail', 'mailed', $1, $2, '192.0.2.0'), (now(), 'mail', 'unknown', null, $2, '192.0.2.0')`,
    personId,
    `hash of ${address.length}`,
  );
  await run(
    `insert into import_row (summit_id, line, raw, cells, created_at) values
     ($1, 2, $2, $3, now()), ($1, 3, $4, $5, now())`,
    summitId,
    `${name},${handle}`,
    JSON.stringify({ name, handle: `@${handle}` }),
    `Bob,friend of ${name}`,
    JSON.stringify({ name: 'Bob', remark: `friend of ${name}` }),
  );
  await run(
    `insert into send_batch (id, summit_id, purpose, subject, body, created_at)
     values ($1, $2, 'reminder', 'Hello', $3, now())`,
    personId,
    summitId,
    `Ask ${name} (@${handle}, ${second}).`,
  );
  await run(
    `insert into send_item (batch_id, invitation_id, reason)
     select $1, id, $2 from invitation where person_id = $1`,
    personId,
    `${address} bounced`,
  );
  await run(
    `with written as (
       insert into meeting_text (summit_id, meeting, kind, body, revision, updated_at)
       values ($1, 'february', 'notes', $2, 1, now()) returning id
     ), kept as (
       insert into meeting_text_revision (text_id, revision, body, by_person, at, sent)
       select id, 1, $2, $3, now(), $2 from written
     ), made as (
       insert into task (summit_id, title, origin_kind, origin_id, origin_title, origin_page,
         origin_text, origin_line, origin_done, created_at, changed_at)
       select $1, $2, 'meeting_text', id, 'Notes', '/notes', $2, 1, false, now(), now()
       from written returning id
     )
     insert into task_owner (task_id, person_id) select id, $3 from made`,
    summitId,
    `- [ ] @${name} asks @${handle}`,
    personId,
  );
  await run(`update invitation set remark = $1 where person_id = $2`, `knows ${name}`, other);
  await run(
    `insert into calendar_invite (summit_id, key, person_id, answer, answered_at, comment) values
     ($1, 'summit', $2, 'DECLINED', now(), $3), ($1, 'summit', $4, 'ACCEPTED', now(), $5)`,
    summitId,
    personId,
    `${name} regrets`,
    other,
    `with ${name}`,
  );
  await run(
    `insert into calendar_reply (summit_id, received_at, key, sequence, attendee, sender, answer, why)
     values ($1, now(), 'summit', 0, $2, $3, 'ACCEPTED', 'other-sender')`,
    summitId,
    address,
    second,
  );
  await db.transaction().execute((tx) =>
    queueMail(tx, {
      key: `to-other:${personId}`,
      summitId,
      personId: other,
      recipient: `${slug}.waiting@example.org`,
      subject: `${name} writes`,
      body: `Write to ${address.toUpperCase()} or @${handle}, unlike ${handle}-fan.`,
      now: NOW,
    }),
  );
  await run(
    `insert into weekly_availability values ($1, 'Asia/Kathmandu', repeat('2', 168), now())`,
    personId,
  );
  await run(
    `insert into track_interest values ($1, $2, 'packaging', 'lead', $3, now()),
     ($1, $4, 'packaging', 'learn', $5, now())`,
    summitId,
    personId,
    `${name} wrote it`,
    other,
    `because of ${name}`,
  );
  await run(
    `insert into busy_source
       (person_id, name, covers_from, covers_until, busy, events, skipped, read_at)
     values ($1, $2, now(), now() + interval '1 year', '{27000000,27000060}', 1, 0, now())`,
    personId,
    `calendar of ${name}`,
  );
  await run(
    `insert into week_poll (summit_id, range_from, range_until, days, weekday, arrival_days,
       departure_days, lead_months, intro, created_at)
     values ($1, '2023-02-01', '2023-06-30', 5, 1, 1, 1, 4, $2, now())`,
    summitId,
    `${name} asks`,
  );
  await run(
    `insert into week_blackout (summit_id, kind, effect, from_day, until_day, title, source)
     values ($1, 'other', 'excludes', '2023-05-01', '2023-05-02', $2, 'typed')`,
    summitId,
    `${name} marries`,
  );
  await run(
    `insert into week_window (summit_id, start, note) values ($1, '2023-05-22', $2)`,
    summitId,
    `${name} is here`,
  );
  await run(
    `insert into week_guest (summit_id, person_id, remark, added_at) values ($1, $2, $3, now())`,
    summitId,
    personId,
    `${name} remarks`,
  );
  await run(
    `insert into week_answer (summit_id, start, person_id, answer, note, answered_at)
     values ($1, '2023-05-22', $2, 'yes', $3, now())`,
    summitId,
    personId,
    `${name} can`,
  );
  await run(
    `insert into week_concern (summit_id, start, person_id, why, asked_at, note)
     values ($1, '2023-05-22', $2, 'no', now(), $3)`,
    summitId,
    personId,
    `${name} cannot`,
  );
  await run(
    `insert into week_link (summit_id, person_id, token_hash, made_at)
     values ($1, $2, sha256($3::bytea), now())`,
    summitId,
    personId,
    slug,
  );
  await run(
    `with calendar as (
       insert into call_calendar (summit_id, key, name, source, revision, created_at, changed_at)
       values ($1, 'arrays', 'Arrays', 'name: Arrays', 1, now(), now()) returning id)
     insert into call_subscription select id, $2, now() from calendar`,
    summitId,
    personId,
  );
  await run(
    `insert into track_lead (summit_id, meeting, track, person_id) values ($1, 'february', 'one', $2)`,
    summitId,
    personId,
  );
  await run(
    `insert into absence_request (summit_id, person_id, meeting, reason, at) values
     ($1, $2, 'march', $3, now()), ($1, $4, 'march', $3, now())`,
    summitId,
    personId,
    `${name} travels`,
    other,
  );
  await run(
    `insert into recording_watched (summit_id, person_id, meeting, sentence, at)
     values ($1, $2, 'march', $3, now())`,
    summitId,
    personId,
    `${name} watched it`,
  );
  await run(
    `insert into attendance_row
       (summit_id, meeting, who, name, email, github, reason, added_at)
     values ($1, 'march', $2, $3, $2, '', 'unknown', now())`,
    summitId,
    address,
    `${name} (tablet)`,
  );
  await storePlan(summitId, { personId, other, name, handle });
  await storeTimetable(run, { summitId, personId, other, name });
  await storeMoneyTraces(run, { summitId, personId, other, name });
  return { summit, elsewhere, personId, other, organiserId, traces: [name, address, second] };
}

/** A plan in which the person is named in documents, opened, said, reviewed and wanted things. */
async function storePlan(
  summitId: string,
  of: { personId: string; other: string; name: string; handle: string },
) {
  const { personId, other, name, handle } = of;
  await db
    .insertInto('planHandle')
    .values({ handle: `plan-${handle}`, personId, createdAt: NOW })
    .execute();
  await inTransaction(db, (tx) =>
    foundPlan(tx, { git: testGit, url: TEST_URL }, setUp(), summitId, [
      {
        path: 'goals/care.md',
        content: `---\ntitle: Care\npeople: [plan-${handle}, ana]\n---\nBy ${name}; ask @plan-${handle}.\n`,
      },
    ]),
  );
  const run = (text: string, ...values: unknown[]) => database.pool.query(text, values);
  const words = `${name} or @plan-${handle}, or @${handle}`;
  const { rows } = await run(
    `insert into github_account (id, login, person_id, seen_at)
     select coalesce(max(id), 0) + 1, $1, $2, now() from github_account returning id`,
    handle,
    personId,
  );
  const account = rows[0].id;
  await run(
    `insert into plan_thread (summit_id, number, kind, title, body, author_id, author_account, door,
       created_at, updated_at, closed_by)
     values ($1, 901, 'proposal', $3, $3, $2, null, 'web', now(), now(), $2),
       ($1, 902, 'topic', 'Of others', $3, $4, null, 'web', now(), now(), $2),
       ($1, 903, 'issue', 'From GitHub', '', null, $5, 'github', now(), now(), null)`,
    summitId,
    personId,
    words,
    other,
    account,
  );
  await run(`insert into plan_label values ($1, 901, $2)`, summitId, `of ${name}`);
  await run(
    `insert into plan_topic (summit_id, number, path) values ($1, 902, 'topics/of-others.md')`,
    summitId,
  );
  await run(
    `insert into plan_interest values ($1, 902, $2, 'lead', $3, now()), ($1, 902, $4, 'work', $3, now())`,
    summitId,
    personId,
    words,
    other,
  );
  await run(
    `insert into plan_proposal (summit_id, number, branch, head, state, merged_by)
     values ($1, 901, $2, repeat('0', 40), 'open', $3)`,
    summitId,
    `plan-${handle}/care`,
    personId,
  );
  await run(
    `insert into plan_version (summit_id, number, version, head, base, by_person, by_account, door, at)
     values ($1, 901, 1, repeat('0', 40), repeat('0', 40), $2, $3, 'git', now())`,
    summitId,
    personId,
    account,
  );
  await run(
    `with review as (
       insert into plan_review (summit_id, number, version, verdict, body, author_id, author_account,
         door, at, dismissed_by, dismissed_why)
       values ($1, 901, 1, 'comment', $3, $2, $4, 'web', now(), $2, $3) returning id
     ), said as (
       insert into plan_comment (summit_id, number, body, author_id, author_account, door, created_at)
       values ($1, 901, $3, $2, $4, 'web', now()) returning id
     )
     insert into plan_line_comment (comment_id, review_id, version, path, side, line, blob, resolved_by)
     select said.id, review.id, 1, 'goals/care.md', 'new', 1, '', $2 from said, review`,
    summitId,
    personId,
    words,
    account,
  );
  await run(
    `insert into plan_topic_told (summit_id, number, problems, told_at) values ($1, 902, $2, now())`,
    summitId,
    JSON.stringify([`plan-${handle}`, `ask @plan-${handle}`]),
  );
  await run(
    `update plan_topic set facts = $2 where summit_id = $1`,
    summitId,
    JSON.stringify({ lead: `plan-${handle}` }),
  );
  await run(
    `insert into plan_reaction (summit_id, number, reaction, person_id, account_id, at) values
     ($1, 902, 'heart', $2, null, now()), ($1, 902, 'heart', null, $3, now()),
     ($1, 902, 'eyes', null, $3, now())`,
    summitId,
    personId,
    account,
  );
  await run(
    `insert into plan_happening (summit_id, number, kind, data, account_id, at)
     values ($1, 902, 'titled', $2, $3, now())`,
    summitId,
    JSON.stringify({ from: `@plan-${handle}` }),
    account,
  );
  await run(
    `insert into plan_earlier_text (summit_id, number, title, body, replaced_by, replaced_at)
     values ($1, 902, $3, $3, $2, now())`,
    summitId,
    personId,
    words,
  );
  await run(
    `insert into plan_decision (summit_id, number, path, made_at, closes_at)
     values ($1, 902, 'decisions/x.md', now(), now())`,
    summitId,
  );
  await run(
    `insert into plan_objection (summit_id, number, person_id, reason, at, answer)
     values ($1, 902, $2, $3, now(), $3)`,
    summitId,
    personId,
    words,
  );
  await run(
    `insert into plan_line_draft (summit_id, number, person_id, version, path, side, line, blob, body, created_at)
     values ($1, 901, $2, 1, 'x.md', 'new', 1, '', $3, now()), ($1, 901, $4, 1, 'x.md', 'new', 1, '', $3, now())`,
    summitId,
    personId,
    words,
    other,
  );
  await run(`insert into plan_read_version values ($1, 901, $2, 1, now())`, summitId, personId);
  await run(
    `insert into plan_read_file values ($1, 901, $2, 'x.md', '', now())`,
    summitId,
    personId,
  );
  await run(`insert into github_account_login values ($1, $2, now())`, handle, account);
  await run(
    `insert into github_delivery (id, event, payload, received_at) values ($1, 'issues', $2, now())`,
    `delivery-${personId}`,
    JSON.stringify({ sender: { login: handle } }),
  );
  await run(`insert into plan_review_ask values ($1, 901, $2, now())`, summitId, personId);
  await run(
    `insert into plan_digest (summit_id, person_id, taking_part, mentions, everything, hour, weekday, asks)
     values ($1, $2, 'daily', 'at_once', 'never', 8, 1, true)`,
    summitId,
    personId,
  );
  await run(
    `insert into plan_digest_item select $2, max(id), $1, 902, 'mentions' from event`,
    summitId,
    personId,
  );
  await run(
    `insert into plan_push (summit_id, branch, person_id, at) values ($1, $3, $2, now())`,
    summitId,
    personId,
    `plan-${handle}/care`,
  );
  await run(
    `insert into github_grant (person_id, account_id, access, granted_at) values ($1, $2, 'x', now())`,
    personId,
    account,
  );
  await run(`insert into plan_watch values ($1, 902, $2, true, now())`, summitId, personId);
  await run(
    `insert into plan_feed (summit_id, person_id, about, name, secret_hash, created_at)
     values ($1, $2, 'everything', $3, decode(md5($3), 'hex'), now())`,
    summitId,
    personId,
    `reader of ${name}`,
  );
  await run(
    `insert into plan_review_request (summit_id, number, person_id, asked_by, asked_at)
     values ($1, 901, $2, $2, now())`,
    summitId,
    personId,
  );
}

/** What a timetable holds of somebody, in their own rows and in the words of others. */
async function storeTimetable(
  run: (text: string, ...values: unknown[]) => Promise<unknown>,
  { summitId, personId, other, name }: Record<'summitId' | 'personId' | 'other' | 'name', string>,
): Promise<void> {
  const said = `${name} was here`;
  const sentences = JSON.stringify([said]);
  await run(`insert into timetable_frame (summit_id) values ($1)`, summitId);
  await run(
    `insert into timetable_room (summit_id, key, name, directions) values ($1, 'hall', $2, $2)`,
    summitId,
    said,
  );
  await run(
    `insert into room_closure (room_id, date, starts, ends, reason)
     select id, '2023-05-22', '09:00', '10:00', $2 from timetable_room where summit_id = $1`,
    summitId,
    said,
  );
  await run(
    `insert into timetable_block (summit_id, date, starts, ends, kind, title, place, text)
     values ($1, '2023-05-22', '09:00', '10:00', 'plenary', $2, $2, $2)`,
    summitId,
    said,
  );
  await run(
    `insert into presence (summit_id, person_id, arrives_on, note, said_by, said_at)
     values ($1, $2, '2023-05-22', $3, $2, now())`,
    summitId,
    personId,
    said,
  );
  await run(
    `with one as (
       insert into grouping (summit_id, title, state, statement, created_at, created_by, set_at)
       values ($1, $4, 'set', $5, now(), $2, now()) returning id),
     own as (insert into work_group (grouping_id, key, title) select id, 'own', $4 from one returning *),
     need as (insert into group_needed select id, $2 from own),
     swap as (insert into group_swap (grouping_id, asked_by, asked_of, asked_at) select id, $2, $3, now() from one)
     insert into group_member (grouping_id, person_id, group_id, why)
     select grouping_id, unnest(array[$2, $3]::uuid[]), id, $5 from own`,
    summitId,
    personId,
    other,
    said,
    sentences,
  );
  await run(
    `with one as (
       insert into timetable_session (summit_id, kind, title, text, track, minutes, created_at, created_by)
       values ($1, 'open', $3, $3, $3, 60, now(), $2) returning id),
     lead as (insert into session_person select id, $2, 'lead' from one),
     mark as (insert into agenda_mark select id, $2, true, now() from one)
     insert into open_session (session_id, summit_id, room_id, date, starts, claimed_by, claimed_at)
     select one.id, $1, room.id, '2023-05-22', '10:00', $2, now()
     from one, timetable_room room where room.summit_id = $1`,
    summitId,
    personId,
    said,
  );
  await run(
    `insert into timetable_draft (summit_id, name, made, created_at, created_by)
     values ($1, $3, $4, now(), $2)`,
    summitId,
    personId,
    said,
    sentences,
  );
  await run(
    `insert into timetable_search (summit_id, seed, seconds, result, asked_by, asked_at)
     values ($1, 1, 1, $3, $2, now())`,
    summitId,
    personId,
    sentences,
  );
  await run(
    `with one as (
       insert into timetable_release (summit_id, version, name, note, content, released_at, released_by)
       values ($1, 1, $3, $3, $4, now(), $2) returning *)
     insert into release_told select summit_id, version, $2, now() from one`,
    summitId,
    personId,
    said,
    sentences,
  );
  await run(
    `insert into timetable_import (summit_id, kind, file_name, header, counts, rest, imported_at, imported_by)
     values ($1, 'sessions', $3, $3, '{}', $4, now(), $2)`,
    summitId,
    personId,
    said,
    sentences,
  );
  await run(
    `insert into venue_map (summit_id, title, description, media_type, width, height, content, added_at)
     values ($1, $2, $2, 'image/png', 1, 1, '', now())`,
    summitId,
    said,
  );
  await run(
    `with one as (
       insert into worklog_entry (summit_id, date, group_key, did, links, blocked, next, written_by, written_at)
       values ($1, '2023-05-22', 'own', $3, $3, $3, $3, $2, now()) returning *)
     insert into worklog_revision (entry_id, revision, did, links, blocked, next, sent, by_person, at)
     select id, 1, did, links, blocked, next, $4, written_by, written_at from one`,
    summitId,
    personId,
    said,
    sentences,
  );
}

/** Every table of the product with what erasing somebody does to it. */
const DECIDED = {
  goes: [
    'track_interest',
    ...['plan_handle', 'plan_interest', 'plan_review_request', 'plan_review_ask'],
    ...['plan_line_draft', 'plan_read_version', 'plan_read_file', 'github_account_login'],
    ...['plan_digest', 'plan_digest_item', 'plan_watch', 'plan_push', 'github_grant'],
    ...['weekly_availability', 'busy_source', 'call_subscription'],
    ...['person_identity', 'person_identity_entered', 'role', 'seat', 'task_owner', 'waiting'],
    ...['week_link', 'track_lead', 'attendance_row'],
    ...['presence', 'group_member', 'group_needed', 'group_swap', 'session_person', 'agenda_mark'],
    ...['fund_line_person', 'stay', 'room_wish', 'rooming_place', 'journey_leg', 'visa_letter'],
    ...['need', 'meal_seat', 'receipt_share', 'claim_item_receipt', 'bundle_part'],
  ],
  'goes, with the account': [
    'auth_user',
    'auth_session',
    'auth_account',
    'auth_verification',
    'auth_passkey',
  ],
  'loses its words': [
    'person',
    'mail',
    'invitation',
    'send_batch',
    'send_item',
    ...['week_poll', 'week_blackout', 'week_window', 'week_guest', 'week_answer', 'week_concern'],
    'excuse',
    'listing',
    'feed',
    'api_token',
    'sign_in_attempt',
    'import_row',
    'agreement_acceptance',
    'calendar_invite',
    'calendar_reply',
    ...['absence_request', 'recording_watched'],
    'meeting_text',
    'meeting_text_revision',
    'task',
    ...['plan_document', 'github_account', 'plan_thread', 'plan_comment', 'plan_label'],
    ...['plan_proposal', 'plan_version', 'plan_review', 'plan_line_comment', 'plan_reaction'],
    ...['plan_earlier_text', 'plan_happening', 'plan_topic', 'plan_topic_told', 'plan_topic_merge'],
    ...['plan_objection', 'plan_label_meaning', 'plan_search', 'plan_feed'],
    ...['github_link', 'github_delivery'],
    ...['timetable_block', 'timetable_room', 'room_closure', 'grouping', 'work_group'],
    ...['timetable_session', 'timetable_draft', 'timetable_search', 'timetable_release'],
    ...['venue_map', 'worklog_entry', 'worklog_revision', 'timetable_import'],
    ...['policy', 'policy_revision', 'funder', 'fund_line', 'participant_status', 'journal_note'],
    ...['rate_kept', 'seat_cost_model', 'money_publication', 'estimate', 'estimate_item'],
    ...['estimate_step', 'receipt', 'claim', 'claim_item', 'claim_step', 'payer_batch', 'payment'],
    ...['bank_import', 'bank_row', 'lodging', 'lodging_room', 'rooming', 'meal_plan'],
    ...['restaurant', 'meal_table', 'letter_setting', 'payer_batch_claim', 'bundle_run'],
  ],
  'holds ids, numbers and keys only': [
    'person_community',
    'seat_offer',
    'evidence',
    'event',
    'outbox_delivery',
    'estimate_setting',
    'step_done',
    'time_search',
    'calendar_due',
    'meeting_settings',
    'week_country',
    'sweep_run',
    'meeting_text_asked',
    'rate_limit',
    'installation',
    ...['plan_repository', 'plan_decision', 'plan_topic_merge_comment', 'plan_load', 'plan_freeze'],
    ...[
      'plan_ledger_setting',
      'plan_upkeep',
      'plan_notes',
      'github_reaction_sent',
      'github_out',
      'github_head',
      'github_reading',
      'github_due',
      'github_former',
    ],
    ...['timetable_frame', 'timetable_day', 'session_rule', 'draft_placement', 'draft_step'],
    ...['release_told', 'open_session'],
    ...['policy_confirmed', 'journal_entry', 'journal_posting', 'journal_balance'],
    ...['exchange_rate', 'claim_item_person', 'claim_reminder', 'need_setting', 'nsf_budget'],
  ],
  'is published by the organisers': [
    'series',
    'summit',
    'summit_revision',
    'carried_value',
    'agreement_version',
    'calendar_entry',
    'calendar_told',
    ...['call_calendar', 'recurring_call', 'call_link', 'github_settings'],
  ],
} as const;

async function tables(): Promise<string[]> {
  const { rows } = await database.pool.query(
    `select tablename from pg_tables where schemaname = 'public' order by 1`,
  );
  return rows
    .map(({ tablename }) => String(tablename))
    .filter((name) => name !== 'cairn_migration');
}

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tables()) {
    const { rows } = await database.pool.query(`select count(*)::int as n from ${table}`);
    counts[table] = rows[0].n;
  }
  return counts;
}

/** Every table, jobs included, with a row in which the text occurs in any column. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  const { rows } = await database.pool.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'graphile_worker') order by 1`,
  );
  for (const { name } of rows) {
    const hit = await database.pool.query(
      `select 1 from ${name} t where strpos(lower(t::text), lower($1)) > 0 limit 1`,
      [text],
    );
    if (hit.rows.length > 0) found.push(String(name).replace('public.', ''));
  }
  return found;
}

const erase = (personId: string, word = 'erase') =>
  app.request('/me/erase', post({ word }, personId));

describe('erasing a person', () => {
  test('leaves no name, address or handle in any column of any table, and the counts as they were', async () => {
    const { personId, traces } = await storeTracedPerson('gone_2023', 'Grace Hopper', 'amazing-g');
    // There is data that could stay: the name alone is in at least these tables.
    expect(await tablesWith('Grace Hopper')).toEqual(
      expect.arrayContaining(['auth_user', 'excuse', 'import_row', 'invitation', 'mail', 'person']),
    );
    const before = await countRows();

    expect((await erase(personId)).status).toBe(303);

    for (const trace of [...traces, 'plan-amazing-g'])
      expect([trace, await tablesWith(trace)]).toEqual([trace, []]);
    // The one mention left is another handle, of which this one is a part.
    expect(await tablesWith('amazing-g')).toEqual(['mail']);
    expect(await tablesWith('amazing-g-fan')).toEqual(['mail']);
    const after = await countRows();
    const changed = Object.fromEntries(
      Object.entries(after)
        .map(([table, count]) => [table, count - (before[table] ?? 0)] as const)
        .filter(([, change]) => change !== 0),
    );
    expect(changed).toEqual({
      // The seat goes to the next: released and offered, which that person is told by mail; main moved; an
      // estimate is withdrawn, and what was committed is free again.
      event: 6,
      journal_entry: 1,
      journal_posting: 2,
      mail: 1,
      seat_offer: 1,
      seat: -1,
      // Ways to be known and to come in.
      person_identity: -3,
      task_owner: -1,
      role: -1,
      weekly_availability: -1,
      busy_source: -1,
      track_interest: -1,
      plan_handle: -1,
      plan_interest: -1,
      plan_review_request: -1,
      plan_review_ask: -1,
      plan_line_draft: -1,
      plan_read_version: -1,
      plan_read_file: -1,
      plan_digest: -1,
      plan_digest_item: -1,
      plan_watch: -1,
      plan_push: -1,
      github_grant: -1,
      // The same reaction by web and from GitHub becomes one.
      plan_reaction: -1,
      github_account_login: -1,
      call_subscription: -1,
      week_link: -1,
      presence: -1,
      group_member: -1,
      group_needed: -1,
      group_swap: -1,
      session_person: -1,
      agenda_mark: -1,
      fund_line_person: -1,
      stay: -1,
      room_wish: -2,
      rooming_place: -1,
      journey_leg: -1,
      visa_letter: -1,
      need: -1,
      meal_seat: -1,
      bundle_part: -1,
      // The receipt by which somebody else claims is theirs now.
      receipt: -1,
      receipt_share: -1,
      claim_item_receipt: -1,
      track_lead: -1,
      attendance_row: -1,
      auth_user: -1,
      auth_session: -1,
      auth_account: -1,
      auth_passkey: -1,
      auth_verification: -1,
    });
  });

  test('takes the handle out of the documents of plans, in Cairn’s name, and leaves words by somebody without a name', async () => {
    const { summit, personId } = await storeTracedPerson('plan_2023', 'Pla Nner', 'pla-n');
    const repository = testGit.plan(summit.id);
    await erase(personId);
    expect((await documentAt(db, summit.id, 'goals/care.md'))?.source).toBe(
      '---\ntitle: Care\npeople: [ana]\n---\nBy Erased person; ask somebody who left.\n',
    );
    const { head } = await db
      .selectFrom('planRepository')
      .select('head')
      .where('summitId', '=', summit.id)
      .executeTakeFirstOrThrow();
    expect(await repository.textAt(head, 'goals/care.md')).toContain('somebody who left');
    const comments = await db
      .selectFrom('planComment')
      .select(['body', 'authorId', 'authorAccount'])
      .where('summitId', '=', summit.id)
      .execute();
    expect(comments).toEqual([
      {
        body: 'Erased person or somebody who left, or somebody who left',
        authorId: personId,
        authorAccount: null,
      },
    ]);
    const branches = await db
      .selectFrom('planProposal')
      .select('branch')
      .where('summitId', '=', summit.id)
      .execute();
    expect(branches).toEqual([{ branch: 'of-somebody-who-left-901' }]);
  });

  test('gives the seat to the next who waits and withdraws what is open, with events of ids only', async () => {
    const { summit, elsewhere, personId, other } = await storeTracedPerson(
      'next_2023',
      'Next Please',
      'next-p',
    );
    await erase(personId);
    const offers = await db
      .selectFrom('seatOffer')
      .select(['personId', 'state'])
      .where('summitId', '=', summit.id)
      .execute();
    expect(offers).toEqual([{ personId: other, state: 'open' }]);
    const states = await db
      .selectFrom('invitation')
      .select(['summitId', 'state'])
      .where('personId', '=', personId)
      .orderBy('state')
      .execute();
    expect(states).toEqual([
      { summitId: summit.id, state: 'accepted' },
      { summitId: elsewhere.id, state: 'withdrawn' },
    ]);
    const events = await db
      .selectFrom('event')
      .select(['kind', 'personId', 'summitId', 'data'])
      .where('personId', '=', personId)
      .where('kind', 'in', ['person.erased', 'seat.released'])
      .orderBy('id')
      .execute();
    expect(events).toEqual([
      { kind: 'seat.released', personId, summitId: summit.id, data: {} },
      { kind: 'person.erased', personId, summitId: null, data: {} },
    ]);
    const person = await db
      .selectFrom('person')
      .selectAll()
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    expect(person).toMatchObject({
      name: 'Erased person',
      zone: null,
      authUserId: null,
      erasedAt: expect.anything(),
    });
  });

  test('revokes feeds, tokens and links, and cancels mails that have not gone out', async () => {
    const { personId } = await storeTracedPerson('doors_2023', 'Dora Doors', 'dora-d');
    await erase(personId);
    const open = async (table: 'feed' | 'apiToken') =>
      db
        .selectFrom(table)
        .select('id')
        .where('personId', '=', personId)
        .where('revokedAt', 'is', null)
        .execute();
    expect([await open('feed'), await open('apiToken')]).toEqual([[], []]);
    const mails = await db
      .selectFrom('mail')
      .select(['recipient', 'subject', 'body', 'state'])
      .distinct()
      .where('personId', '=', personId)
      .execute();
    expect(mails).toEqual([{ recipient: '', subject: '', body: '', state: 'cancelled' }]);
    const links = await db
      .selectFrom('invitation')
      .select('id')
      .where('personId', '=', personId)
      .where('tokenHash', 'is not', null)
      .execute();
    expect(links).toEqual([]);
  });

  test('is refused to the last organiser of a summit until they hand over', async () => {
    const { summit, organiserId, other } = await storeTracedPerson('last_2023', 'La Ster', 'la-s');
    const refused = await erase(organiserId);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(
      'You are the only organiser of Promised Summit; make somebody else an organiser there first.',
    );
    await db
      .insertInto('role')
      .values({
        summitId: summit.id,
        personId: other,
        role: 'organiser',
        grantedAt: NOW,
        grantedBy: null,
      })
      .execute();
    expect((await erase(organiserId)).status).toBe(303);
  });

  test('is refused to one of two organisers who erase themselves at the same moment', async () => {
    const { summit, organiserId, other } = await storeTracedPerson('both_2023', 'Bo Th', 'bo-th');
    await db
      .insertInto('role')
      .values({
        summitId: summit.id,
        personId: other,
        role: 'organiser',
        grantedAt: NOW,
        grantedBy: null,
      })
      .execute();
    const answers = await Promise.all([erase(organiserId), erase(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  test('needs the word and a recent sign-in, and does nothing without', async () => {
    const { personId } = await storeTracedPerson('slip_2023', 'Slip Pery', 'slip-p');
    const slip = await erase(personId, 'yes');
    expect(slip.status).toBe(422);
    expect(await slip.text()).toContain('value="yes"');
    signedInAt = NOW.subtract({ hours: 2 });
    expect((await erase(personId)).status).toBe(403);
    signedInAt = NOW;
    expect((await app.request('/me/erase', post({ word: 'erase' }))).status).toBe(303);
    expect(await tablesWith('Slip Pery')).toContain('person');
  });

  test('tells where the organisers published the name, which stays theirs', async () => {
    const { personId } = await storeTracedPerson('author_2023', 'Aut Hor', 'aut-h');
    await storeSummit(
      db,
      promisedSummit({ slug: 'named_2023', title: 'Named', authors: ['Aut Hor'] }),
    );
    const page = await app.request('/me/erase', { headers: { 'x-test-person': personId } });
    expect(await page.text()).toContain('<a href="/s/named_2023">Named</a>');
  });

  test('takes no evidence about the person any more', async () => {
    const { summit, personId } = await storeTracedPerson('late_2023', 'La Te', 'la-te');
    await erase(personId);
    const told = await db.transaction().execute((tx) =>
      recordEvidence(tx, setUp(), {
        summitId: summit.id,
        personId,
        kind: 'attendance',
        subject: 'meeting:march',
        at: NOW,
        source: 'csv',
      }),
    );
    expect(told).toMatchObject({ ok: false, error: { code: 'no-such-person' } });
  });

  test('has been thought about for every table there is', async () => {
    expect(Object.values(DECIDED).flat().sort()).toEqual((await tables()).sort());
  });
});

describe('the export of one’s own data', () => {
  test('holds everything about the person in all summits, and nobody else', async () => {
    const { personId, other } = await storeTracedPerson('mine_2023', 'Mine Own', 'mine-o');
    const response = await app.request('/me/data.json', { headers: { 'x-test-person': personId } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    const data = JSON.parse(text);
    expect(data).toMatchObject({
      schema: 'cairn/own-data/1',
      person: { id: personId, name: 'Mine Own', zone: 'Europe/Berlin' },
      invitations: [
        { summit: 'mine_2023', state: 'accepted', note: 'I am Mine Own' },
        { summit: 'mine_2023_b', state: 'sent' },
      ],
      acceptances: [{ summit: 'mine_2023', version: 1, signInMethod: 'link' }],
      seats: [{ summit: 'mine_2023', number: 1 }],
      evidence: [{ subject: 'meeting:february', at: '2023-02-01T12:00:00Z' }],
      calendarInvitations: [{ entry: 'summit', answer: 'DECLINED', comment: 'Mine Own regrets' }],
      excuses: [{ obligation: 'presence', reason: 'Mine Own is ill' }],
      listings: [{ fields: ['name', 'github'] }],
      weeklyAvailability: { zone: 'Asia/Kathmandu' },
      trackInterests: [{ summit: 'mine_2023', track: 'packaging', why: 'Mine Own wrote it' }],
      busySources: [{ name: 'calendar of Mine Own', busy: [27_000_000, 27_000_060] }],
      followedCalls: [{ summit: 'mine_2023', calendar: 'arrays' }],
      leads: [{ summit: 'mine_2023', meeting: 'february', track: 'one' }],
      absenceRequests: [{ meeting: 'march', reason: 'Mine Own travels', decision: null }],
      recordingsWatched: [{ meeting: 'march', sentence: 'Mine Own watched it' }],
      texts: [{ meeting: 'february', kind: 'notes', revision: 1 }],
      tasks: [{ state: 'open' }],
      planHandle: 'plan-mine-o',
      githubAccounts: [{ login: 'mine-o' }],
      githubGrants: [{ refusedAt: null }],
      planPushes: [{ branch: 'plan-mine-o/care' }],
      planThreads: [{ number: 901 }, { number: 903 }],
      planComments: [{ number: 901, path: 'goals/care.md' }],
      planVersions: [{ version: 1, door: 'git' }],
      planReviews: [{ number: 901, verdict: 'comment' }],
      planReviewRequests: [{ number: 901 }],
      planInterest: [{ number: 902, level: 'lead' }],
      planObjections: [{ number: 902 }],
      planReactions: [{ reaction: 'heart' }],
      planLineDrafts: [{ path: 'x.md', line: 1 }],
      planVersionsRead: [{ number: 901 }],
      planFilesRead: [{ path: 'x.md' }],
      planMails: [{ takingPart: 'daily', mentions: 'at_once' }],
      planMailsToCome: [{ number: 902, why: 'mentions' }],
      planWatched: [{ number: 902, watches: true }],
      planFeeds: [{ name: 'reader of Mine Own', about: 'everything' }],
      planReviewAsks: [{ number: 901 }],
      presence: [{ arrivesOn: '2023-05-22', note: 'Mine Own was here' }],
      groups: [{ group: 'Mine Own was here', why: ['Mine Own was here'] }],
      swaps: [{ state: 'open' }],
      leadSessions: [{ part: 'lead' }],
      openSessions: [{ title: 'Mine Own was here', starts: '10:00' }],
      agenda: [{ goes: true }],
      worklog: [{ did: 'Mine Own was here' }],
      worklogWords: [{ did: 'Mine Own was here' }],
      toldOfReleases: [{ version: 1 }],
      estimates: [{ number: 901, state: 'submitted', note: 'Mine Own was here' }],
      estimateSteps: [{ reason: 'Mine Own was here' }],
      claims: [{ number: 901, state: 'paid', text: 'Mine Own was here' }],
      claimSteps: [{ state: 'paid' }],
      coveredBy: [{ minor: 5 }, { minor: 5 }],
      payments: [{ number: 901, minor: 5, reference: 'Mine Own was here' }],
      receipts: [{ mediaType: 'image/png' }, { mediaType: 'image/png' }],
      receiptsShared: [],
      fundLines: [{ title: 'Mine Own was here' }],
      accounts: [{ stage: 'committed', minor: 700 }],
      stays: [{ fromCity: 'Mine Own was here' }],
      roomWishes: [{ wish: 'with' }],
      rooms: [{ room: 'Mine Own was here' }],
      journeys: [{ note: 'Mine Own was here' }],
      visaLetters: [{ fullName: 'Mine Own was here' }],
      needs: [{ diets: ['vegan'] }],
      meals: [{ date: '2023-05-22' }],
      feeds: [{ name: 'feed of Mine Own' }],
      tokens: [{ name: 'token of Mine Own' }],
      sessions: [{ method: 'link' }],
      passkeys: [{ name: "Mine Own's key" }],
      signInAttempts: [{ outcome: 'mailed' }],
    });
    expect(data.identities).toHaveLength(3);
    expect(data.mails.length).toBeGreaterThan(0);
    expect(data.events.length).toBeGreaterThan(3);
    expect(text).not.toContain('mine_2023 Waiting');
    expect(text).not.toContain(`to-other`);
    expect(text).not.toMatch(/hash|secret|"token"|credential/i);
    const others = await ownData(db, oneself({ personId: other }));
    expect(JSON.stringify(others)).not.toContain(`hash`);
  });

  test('looks into every table that points to a person', async () => {
    const { rows } = await sql<{ column: string }>`
      select format('%s.%s', conrelid::regclass, attname) as column
      from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
      where contype = 'f' and confrelid in ('person'::regclass, 'auth_user'::regclass)
      order by 1`.execute(db);
    const about = [
      'track_interest',
      ...['agreement_acceptance', 'api_token', 'event', 'evidence', 'excuse', 'feed', 'invitation'],
      ...['listing', 'mail', 'person_community', 'person_identity', 'role', 'seat', 'seat_offer'],
      ...['weekly_availability', 'busy_source', 'call_subscription'],
      ...['week_guest', 'week_answer', 'week_link', 'week_concern'],
      ...['calendar_invite', 'sign_in_attempt', 'task_owner', 'waiting'],
      ...['track_lead', 'absence_request', 'recording_watched', 'attendance_row'],
      ...['plan_handle', 'github_account', 'plan_interest', 'plan_review_request'],
      ...['plan_objection', 'plan_reaction', 'plan_line_draft', 'plan_read_version'],
      ...['plan_read_file', 'plan_happening', 'plan_digest', 'plan_digest_item', 'plan_watch'],
      ...['plan_feed', 'plan_review_ask', 'plan_push', 'github_grant'],
      ...['presence', 'group_member', 'group_needed', 'session_person', 'agenda_mark'],
      'release_told',
      ...[
        'fund_line_person',
        'participant_status',
        'journal_posting',
        'journal_balance',
        'estimate',
      ],
      ...['receipt', 'receipt_share', 'claim', 'claim_item_person', 'stay', 'room_wish'],
      ...['rooming_place', 'journey_leg', 'visa_letter', 'need', 'meal_seat', 'bundle_part'],
    ].map((table) => `${table}.person_id`);
    const accounts = ['auth_account', 'auth_passkey', 'auth_session'].map((t) => `${t}.user_id`);
    // What somebody did to others: told by the events, whose actor they are.
    const acts = [
      'absence_request.decided_by',
      'agreement_version.created_by',
      'attendance_row.added_by',
      'carried_value.settled_by',
      'event.actor_id',
      'evidence.recorded_by',
      'evidence.withdrawn_by',
      'excuse.by_person',
      'import_row.created_by',
      'meeting_text_revision.by_person',
      // What they wrote in plans is exported by these.
      ...['plan_thread.author_id', 'plan_comment.author_id', 'plan_review.author_id'],
      'plan_version.by_person',
      ...['plan_thread.closed_by', 'plan_proposal.merged_by', 'plan_review.dismissed_by'],
      ...['plan_line_comment.resolved_by', 'plan_review_request.asked_by'],
      ...['plan_thread.locked_by', 'plan_comment.withdrawn_by', 'plan_earlier_text.replaced_by'],
      ...[
        'plan_topic_merge.merged_by',
        'plan_topic_merge.undone_by',
        'plan_proposal.merge_asked_by',
      ],
      ...['plan_objection.answered_by', 'plan_freeze.frozen_by', 'github_settings.connected_by'],
      ...[
        'presence.said_by',
        '"grouping".created_by',
        'group_swap.asked_by',
        'group_swap.asked_of',
      ],
      ...['timetable_session.created_by', 'timetable_draft.created_by', 'draft_step.by_person'],
      ...['timetable_search.asked_by', 'timetable_release.released_by'],
      'timetable_import.imported_by',
      ...['open_session.claimed_by', 'worklog_entry.written_by', 'worklog_revision.by_person'],
      ...['policy_revision.by_person', 'policy_confirmed.confirmed_by', 'journal_entry.by_person'],
      ...['participant_status.decided_by', 'estimate.first_look_by', 'estimate_step.by_person'],
      ...['seat_cost_model.changed_by', 'claim.entered_by', 'claim.first_look_by'],
      ...['claim_step.by_person', 'payer_batch.sent_by', 'payment.recorded_by'],
      ...['payment.reversed_by', 'bank_import.read_by', 'money_publication.published_by'],
      ...['bundle_run.asked_by', 'nsf_budget.saved_by'],
      ...['stay.said_by', 'room_wish.other_id', 'rooming.made_by', 'visa_letter.issued_by'],
      'role.granted_by',
      'send_batch.created_by',
      'step_done.done_by',
      'summit_revision.by_person',
      'time_search.created_by',
    ];
    expect(rows.map(({ column }) => column).sort()).toEqual(
      [...about, ...accounts, ...acts].sort(),
    );
  });

  test('is nobody else’s to see', async () => {
    for (const path of ['/me/data', '/me/data.json']) {
      expect((await app.request(path)).status).toBe(303);
    }
  });
});
