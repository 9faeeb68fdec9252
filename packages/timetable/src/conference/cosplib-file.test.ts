import { formatProblem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { describe, expect, it } from 'vitest';
import { zonePenalty } from './conflicts.ts';
import { readCosplib } from './cosplib-file.ts';
import { readCosplibSolution } from './solution-file.ts';

type Rows = string[][];

/** A small workbook; each of its sheets may be changed. */
function workbook(change: (sheets: Record<string, Rows>) => void = () => {}): string {
  const sheets: Record<string, Rows> = {
    parameters: [
      ['Sessions', '', '', 'Weights', ''],
      ['Local time zone:', 'GMT+1', '', 'Tracks_Sessions|Penalty:', '1'],
      ['', '', '', 'Tracks_Rooms|Penalty:', '2'],
      ['From:', '9:30', '', 'Sessions_Rooms|Penalty:', '3'],
      ['To:', '0.89583333333333337', '', 'Similar Tracks:', '4'],
      ['', '', '', 'Number of Rooms per Track:', '5'],
      ['From:', '7:00', '', 'Parallel Tracks:', '6'],
      ['To:', '23:00:00', '', 'Consecutive Tracks:', '7'],
      ['Penalty:', '1', '', 'Submissions_Timezones:', '8'],
      ['', '', '', 'Submissions Order:', '9'],
      ['Penalty:', '10', '', 'Submissions_Sessions|Penalty:', '10'],
      ['', '', '', 'Submissions_Rooms|Penalty:', '11'],
      ['', '', '', 'Presenters Conflicts:', '12'],
      ['', '', '', 'Attendees Conflicts:', '13'],
      ['', '', '', 'Chairs Conflicts:', '14'],
      ['', '', '', 'Presenters Conflicts Timeslot Level:', '15'],
      ['', '', '', 'Attendees Conflicts Timeslot Level:', '16'],
    ],
    submissions: [
      [
        'Reference',
        'Track',
        'Required Timeslots',
        'Order',
        'Time Zone',
        'Presenters',
        'Attendees',
        'Mon1',
        'Mon2',
        'Hall',
        'Attic',
        '',
      ],
      ['a1', 'Maps', '1', '0', 'GMT+1', 'Ada, Grace', '', '', '5', '', ''],
      ['a2', 'Maps', '2', '1', 'GMT-8', 'Ada', 'Emmy'],
      ['b1', 'Plots', '1', '0', 'GMT+1', 'Emmy', '', '', '', '', '3'],
      ['', '', '', '', '', ''],
    ],
    tracks: [['Tracks', 'Chairs'], ['Maps', 'Emmy'], ['Plots']],
    sessions: [
      ['Sessions', 'Max Number of Timeslots', 'Date', 'Start Time', 'End Time'],
      ['Mon1', '3', '44405', '0.39583333333333331', '0.4375'],
      ['Mon2', '2', '44405', '16:00', '17:00'],
    ],
    rooms: [['Rooms'], ['Hall'], ['Attic']],
    'tracks_sessions|penalty': [['', 'Mon1', 'Mon2'], ['Plots', '', '7'], ['Maps']],
    'tracks_rooms|penalty': [['', 'Attic', 'Hall', '', ''], ['Maps', '9'], ['Plots']],
    'similar tracks': [
      ['', 'Maps', 'Plots'],
      ['Maps', '', '4'],
      ['Plots', '99', ''],
    ],
    'sessions_rooms|penalty': [['', 'Hall', 'Attic'], ['Mon1'], ['Mon2', '', '1000']],
  };
  change(sheets);
  return JSON.stringify(sheets, null, 1);
}

const problemsOf = (text: string): string[] => {
  const read = readCosplib(text, 'conf.json');
  return read.ok ? [] : read.error.map(formatProblem);
};

/** The line of the first piece of a text. */
const lineOf = (text: string, piece: string): number =>
  text.slice(0, text.indexOf(piece)).split('\n').length;

describe('the reader of CoSPLib', () => {
  it('reads what the sheets say, by the names in their first rows and columns', () => {
    const conference = expectOk(readCosplib(workbook(), 'conf.json'));
    expect(conference.sessions).toEqual([
      { name: 'Mon1', timeSlots: 3, start: 570, end: 630 },
      { name: 'Mon2', timeSlots: 2, start: 960, end: 1020 },
    ]);
    expect(conference.rooms).toEqual(['Hall', 'Attic']);
    expect(conference.tracks).toEqual([
      { name: 'Maps', chairs: ['Emmy'] },
      { name: 'Plots', chairs: [] },
    ]);
    expect(conference.submissions.map(({ name }) => name)).toEqual(['a1', 'a2', 'b1']);
    expect(conference.submissions[0]).toMatchObject({
      track: 0,
      presenters: ['Ada', 'Grace'],
      sessions: [0, 5],
    });
    expect(conference.submissions[1]).toMatchObject({ timeSlots: 2, order: 1, zone: -8 });
    expect(conference.submissions[2]?.rooms).toEqual([0, 3]);
    expect(conference.trackSessions).toEqual([
      [0, 0],
      [0, 7],
    ]);
    expect(conference.trackRooms).toEqual([
      [0, 9],
      [0, 0],
    ]);
    expect(conference.sessionRooms).toEqual([
      [0, 0],
      [0, 1000],
    ]);
    expect(conference.weights).toMatchObject({
      'tracks-sessions': 1,
      'attendees-in-time-slot': 16,
    });
    expect(conference.hours).toMatchObject({ zone: 1, from: 570, to: 1290, small: 1, large: 10 });
  });

  it('takes of two cells for similar tracks the one right of the diagonal, as the library does', () => {
    const { similarTracks } = expectOk(readCosplib(workbook(), 'conf.json'));
    expect(similarTracks).toEqual([
      [0, 4],
      [4, 0],
    ]);
  });

  it('prices the hours of presenters elsewhere by their own clocks', () => {
    const conference = expectOk(readCosplib(workbook(), 'conf.json'));
    // 9:30 in GMT+1 is 0:30 in GMT-8, and 16:00 to 17:00 is 7:00 to 8:00.
    expect([0, 1].map((session) => zonePenalty(conference, 1, session))).toEqual([10, 1]);
    expect([0, 1].map((session) => zonePenalty(conference, 0, session))).toEqual([0, 0]);
  });

  it('says line and column of a cell that is not what it should be', () => {
    const text = workbook((sheets) => {
      (sheets['sessions'] as Rows)[1] = ['Mon1', 'many', '44405', '9:75', '10:30'];
    });
    const line = lineOf(text, '"many"');
    expect(problemsOf(text)).toEqual([
      `conf.json:${line}:4: “many” is not how many time slots the session has: a whole number from 1 to 1000.`,
      `conf.json:${line + 2}:4: “9:75” is not when the session starts: a time such as 9:30, or the fraction of a day that a spreadsheet stores.`,
    ]);
  });

  it('names what does not fit together', () => {
    const text = workbook((sheets) => {
      (sheets['submissions'] as Rows)[3] = ['a1', 'Plot', '1', '0', 'GMT+14', '', ''];
      (sheets['rooms'] as Rows)[2] = ['Cellar'];
      (sheets['tracks_sessions|penalty'] as Rows)[1] = ['Plots', '-1'];
    });
    const said = problemsOf(text).map((line) => line.replace(/^conf\.json:\d+:\d+: /, ''));
    for (const sentence of [
      'The sheet “submissions” has no column “Cellar” in its first row.',
      'The column “Attic” is none that the sheet “submissions” should have.',
      'The submission “a1” is there twice.',
      '“Plot” is none of the tracks.',
      '“GMT+14” is not a time zone: GMT-12 to GMT+12.',
      '“-1” is not a penalty: a whole number from 0 to 1000000000.',
    ]) {
      expect(said).toContain(sentence);
    }
  });

  it('refuses sizes that make no sense before it takes memory for them', () => {
    const text = workbook((sheets) => {
      (sheets['sessions'] as Rows)[1] = ['Mon1', '999999999', '', '9:00', '10:00'];
    });
    expect(problemsOf(text)[0]).toContain('“999999999” is not how many time slots');
    const wide = workbook((sheets) => {
      sheets['sessions'] = [
        ['Sessions'],
        ...Array.from({ length: 1001 }, (_, index) => [`S${index}`, '1000', '', '9:00', '10:00']),
      ];
    });
    expect(problemsOf(wide).join()).toContain('has 1001 sessions, and at most 1000 are read');
  });

  it('says what is missing of a file that is something else', () => {
    expect(problemsOf('[1, 2]')[0]).toContain('conf.json:1:1: The file should be one object');
    expect(problemsOf('{"rooms": 3}').join('\n')).toContain('The sheet “parameters” is missing.');
    expect(problemsOf('{"rooms": 3}').join('\n')).toContain(
      'The sheet “rooms” should be a list of rows, each a list of texts.',
    );
    expect(problemsOf('{\n  "rooms": [,]}')[0]).toMatch(/^conf\.json:2:\d+: The file is not JSON/);
  });
});

describe('the reader of solutions', () => {
  const conference = expectOk(readCosplib(workbook(), 'conf.json'));
  const solution = (rows: Rows): string[] => {
    const read = readCosplibSolution(
      conference,
      JSON.stringify({ sol: rows }, null, 1),
      'sol.json',
    );
    return read.ok ? [] : read.error.map(({ sentence }) => sentence);
  };

  it('reads tracks and submissions by room, session and time slot', () => {
    const rows = [
      ['', 'Hall', 'Attic'],
      ['Mon1', 'Maps', ''],
      ['Mon2', '', 'Plots'],
      ['', '', ''],
      ['Mon1', 'a2', ''],
      ['Mon1', 'a2', ''],
      ['Mon1', 'a1', ''],
      ['Mon2', '', 'b1'],
      ['Mon2', '', ''],
    ];
    const read = readCosplibSolution(conference, JSON.stringify({ sol: rows }), 'sol.json');
    expect(expectOk(read)).toEqual({
      tracks: [
        [0, -1],
        [-1, 1],
      ],
      submissions: [
        [
          [1, 1, 0],
          [-1, -1, -1],
        ],
        [
          [-1, -1],
          [2, -1],
        ],
      ],
    });
  });

  it('names rooms, sessions and submissions that are not of the conference', () => {
    const said = solution([
      ['', 'Hall', 'Attic', 'Cellar'],
      ['Mon1', 'Map', ''],
      ['Mon3', '', ''],
    ]);
    expect(said).toContain('The column “Cellar” is none that the sheet “sol” should have.');
    expect(said).toContain('“Map” is no track of this conference.');
    expect(said).toContain('The row should be of the session “Mon2”, not “Mon3”.');
  });
});
