import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directoryOf, type KnownPerson } from '../../people/promises/evidence-people-rules.ts';
import { matchList } from './list-match-rules.ts';
import { minutesOf, stayOf, togetherMinutes } from './stay-rules.ts';
import { readVideoList } from './video-list-rules.ts';

const known = (personId: string, name: string, email: string, handle = personId): KnownPerson => ({
  personId,
  name,
  emails: [email],
  handles: [handle],
});
const PEOPLE = [
  known('ada', 'Ada Lovelace', 'ada@example.org'),
  known('stefan', 'Stéfan van der Walt', 'stefan@example.org'),
  known('jo1', 'Jo Smith', 'jo1@example.org'),
  known('jo2', 'Jo Smith', 'jo2@example.org'),
];
const directory = directoryOf(PEOPLE);

function read(text: string) {
  const list = readVideoList(text);
  if (!list.ok) throw new Error(list.error.map(({ sentence }) => sentence).join(' '));
  return list.value;
}
const found = (text: string, least = 0) => {
  const { matched, tooShort, doubtful, unmatched } = matchList(read(text).rows, directory, least);
  return {
    matched: matched.map(({ person, minutes }) => [person.personId, minutes]),
    tooShort: tooShort.map(({ person, minutes }) => [person.personId, minutes]),
    doubtful: doubtful.map(({ name, candidates }) => [name, candidates.map((one) => one.personId)]),
    unmatched: unmatched.map(({ who }) => who),
  };
};

describe('the list of a video tool', () => {
  test.each([
    [
      'Zoom, with the meeting above it, the host among its columns',
      [
        'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
        '831 123,February meeting,02/27/2023 08:59:00 AM,02/27/2023 10:01:00 AM,host@example.org,62,3',
        '',
        'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room',
        'Ada,ada@example.org,02/27/2023 09:00:00 AM,02/27/2023 09:20:00 AM,20,No,,No',
        'Ada,ada@example.org,02/27/2023 09:22:00 AM,02/27/2023 10:00:00 AM,38,No,,No',
        'stef (Stéfan van der Walt),,02/27/2023 09:00:00 AM,02/27/2023 10:00:00 AM,60,Yes,,No',
        'Jo Smith,,02/27/2023 08:55:00 AM,02/27/2023 08:56:00 AM,1,Yes,,Yes',
      ],
    ],
    [
      'Zoom, the table alone',
      [
        'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest',
        'Ada,ada@example.org,02/27/2023 09:00:00 AM,02/27/2023 09:58:00 AM,58,No',
        'Stefan van der Walt,,02/27/2023 09:00:00 AM,02/27/2023 10:00:00 AM,60,Yes',
      ],
    ],
    [
      'Google Meet',
      [
        'First name,Last name,Email,Duration,Time joined,Time exited',
        'A.,Lovelace,ada@example.org,58 min,9:00 AM,9:58 AM',
        'Stéfan,van der Walt,,1 hr,9:00 AM,10:00 AM',
      ],
    ],
    [
      'Microsoft Teams, several parts with tabs',
      [
        '1. Summary',
        'Meeting title\tFebruary meeting',
        'Attended participants\t2',
        '',
        '2. Participants',
        'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole',
        'Ada Lovelace\t2/27/23, 9:00:00 AM\t2/27/23, 10:00:00 AM\t58m 3s\tada@example.org\tada@example.org\tOrganizer',
        'Stéfan van der Walt\t2/27/23, 9:00:00 AM\t2/27/23, 10:00:00 AM\t1h\t\t\tPresenter',
        '',
        '3. In-Meeting Activities',
        'Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole',
        'Ada Lovelace\t2/27/23, 9:00:00 AM\t2/27/23, 10:00:00 AM\t1h\tada@example.org\tOrganizer',
      ],
    ],
    [
      'BigBlueButton',
      [
        'name,moderator,activity_score,talk_time,messages,join,left,duration',
        'Ada Lovelace,true,7,00:10:00,3,2023-02-27 09:00:00,2023-02-27 09:58:00,00:58:00',
        'Stéfan van der Walt,false,2,00:00:00,0,2023-02-27 09:00:00,2023-02-27 10:00:00,01:00:00',
      ],
    ],
    [
      'Jitsi, in seconds',
      ['Display name;Duration (seconds)', 'Ada Lovelace;3480', 'Stéfan van der Walt;3600'],
    ],
  ])('%s is read as it comes', (_, lines) => {
    expect(found(lines.join('\r\n')).matched).toEqual([
      ['ada', 58],
      ['stefan', 60],
    ]);
  });

  test('those who stayed too short, doubtful and unknown ones are told apart', () => {
    const text = [
      'Name,Email,Minutes',
      'Ada Lovelace,,29',
      'Jo Smith,,60',
      'Smith,,60',
      "Someone's iPad,,60",
      ',nobody@example.org,60',
    ].join('\n');
    expect(found(text, 30)).toEqual({
      matched: [],
      tooShort: [['ada', 29]],
      doubtful: [
        ['Jo Smith', ['jo1', 'jo2']],
        ['Smith', ['jo1', 'jo2']],
      ],
      unmatched: ["someone's ipad", 'nobody@example.org'],
    });
  });

  test('rows under several names of one person are added up', () => {
    const text = 'Name,Email,Minutes\nAda Lovelace,,10\nTablet,ADA@example.org,15';
    expect(found(text, 20).matched).toEqual([['ada', 25]]);
  });

  test.each([
    ['', 'not-a-table'],
    ['when,where\nnow,here', 'no-person-column'],
  ])('%j is no such list', (text, code) => {
    const list = readVideoList(text);
    expect(!list.ok && list.error.map((one) => one.code)).toEqual([code]);
  });

  test('broken rows are set aside and stop no other', () => {
    const list = read('Name,Email\n"Ada,ada@example.org\nJo\n,\nStefan,stefan@example.org');
    expect(list.rows.map(({ email }) => email)).toEqual(['stefan@example.org']);
    expect(list.broken.map(({ line }) => line).sort()).toEqual([2, 3, 4]);
  });

  test('no attendee is lost: each is matched, too short, doubtful or unmatched', () => {
    const name = fc.constantFrom('Ada Lovelace', 'Jo Smith', 'Smith', 'Zed', 'stéfan van der walt');
    const row = fc.tuple(name, fc.integer({ min: 0, max: 90 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const text = ['Name,Minutes', ...rows.map(([who, minutes]) => `${who},${minutes}`)].join(
          '\n',
        );
        const all = found(text, 30);
        const count =
          all.matched.length + all.tooShort.length + all.doubtful.length + all.unmatched.length;
        expect(count).toBe(new Set(rows.map(([who]) => who)).size);
      }),
    );
  });
});

describe('how long somebody stayed', () => {
  test.each([
    ['58', 58],
    ['58.5', 58.5],
    ['01:02:03', 62.05],
    ['1h 2m 3s', 62.05],
    ['1 hr 2 min', 62],
    ['1 hour and 2 minutes', 62],
    ['PT1H2M', 62],
    ['1:02', undefined],
    ['all of it', undefined],
    ['', undefined],
  ])('%j is %s minutes', (text, minutes) => {
    const read = minutesOf(text);
    expect(read === undefined ? read : Math.round(read * 100) / 100).toBe(minutes);
  });

  test('midnight and noon are read as the clock says them', () => {
    expect(stayOf('11:50:00 PM', '12:20:00 AM')).toEqual({ from: 1430, until: 1460 });
    expect(stayOf('12:00 PM', '13:00')).toEqual({ from: 720, until: 780 });
    expect(stayOf('25:00', '26:00')).toBeUndefined();
  });

  test('two devices at once count once, never more than either way of counting says', () => {
    const stay = fc
      .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 120 }))
      .map(([from, length]) => ({ minutes: length, stay: { from, until: from + length } }));
    fc.assert(
      fc.property(fc.array(stay, { minLength: 1, maxLength: 8 }), (rows) => {
        const together = togetherMinutes(rows) ?? -1;
        expect(together).toBeLessThanOrEqual(rows.reduce((sum, { minutes }) => sum + minutes, 0));
        expect(together).toBeGreaterThanOrEqual(Math.max(...rows.map(({ minutes }) => minutes)));
        expect(togetherMinutes([...rows, ...rows])).toBe(together);
      }),
    );
  });
});
