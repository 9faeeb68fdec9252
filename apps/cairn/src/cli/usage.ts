/** What `cairn help` says of each command: how it is written, and what it does. */
export const USAGE = {
  serve: `cairn serve [--no-worker]
  Serves the installation in CAIRN_DATA (or ./data) until it is stopped. Jobs run in
  the same process; with --no-worker a “cairn worker” runs them.`,
  worker: `cairn worker
  Runs jobs beside a server until it is stopped: with DATABASE_URL on that database,
  otherwise on the embedded one of the server that runs on this machine.`,
  demo: `cairn demo [--at invited|planning|week|after]
  Tells the demonstration anew, up to a moment of its life.`,
  doctor: `cairn doctor [--json]
  Says what is wrong with the installation on this machine and how to mend it.`,
  summit: `cairn summit check FILE [--json]
  Reads a summit file as the server would, without one, and tells everything that is
  wrong with it by line and column.
cairn summit import FILE [--update [--from REVISION]] [--json]
  Founds a summit from a file; with --update changes the one that it names. --from
  refuses when somebody saved after that revision.
cairn summit export SLUG [FILE] [--json]
  Writes a summit’s file, byte for byte as it was saved, to FILE or standard output.`,
  plan: `cairn plan check DIR [--people FILE] [--no-cache] [--json]
  Reads the plan documents below a directory as the server would, without one, and tells
  everything that is wrong in them and between them, by file, line and column. With
  --people, a list of handles, also who is named and is not on it. docs/plan.md says what
  a document is made of.`,
  timetable: `cairn timetable dates FILE [--json]
  Ranks the candidate weeks of a JSON file by what people answered, with the reasons for
  each place and for each week that cannot be. packages/timetable/README.md has its form.
cairn timetable meetings FILE [--json] [--seed N] [--budget N]
  Finds the times of n calls so that everybody makes k of them, says what is proven,
  whom it misses and what would help, and compares it with one fixed time a month.
cairn timetable groups FILE [--json] [--seed N] [--budget N] [--person KEY]…
  Forms groups from what people wish for, so that nobody is sacrificed for the sum, says
  what is proven, why wishes are not met and, for each --person, why they are there.
cairn timetable solve FILE [--format FORMAT] [--seed N] [--iterations N] [--seconds N]
    [--threads N] [--from FILE] [--levels LEVEL,…] [--output FILE]
    [--checkpoint FILE] [--resume FILE] [--no-proof] [--json]
  Finds a timetable of sessions, rooms and people, says what it is worth and what is
  proven of it, and writes it in the format of the file. The same seed and iterations
  give the same timetable everywhere; Ctrl-C gives the best so far. Formats: cairn,
  itc2007, itc2007-3, tpac, schedule.json, cosplib; guessed where left out.
cairn timetable check FILE [--solution FILE] [--format FORMAT] [--json]
  Judges a timetable rule by rule: that of the solution, or the one in the file.
cairn timetable explain FILE [--solution FILE] --session KEY [--slot KEY [--room KEY]]
    | --what-helps | --compare FILE [--format FORMAT] [--seed N] [--iterations N] [--json]
  Says why a session is where it is; with --slot what it would break or cost, and whom, to
  have it there, and the best timetable that has. --what-helps measures what one room,
  slot or person more, or one rule less, would help; --compare says person by person how
  another timetable differs.
cairn timetable repair FILE --solution FILE [--pin KEY]… [--past SLOT] [--more N,…]
    [--measure sessions|people] [--free-rooms] [--seed N] [--iterations N] [--seconds N]
    [--output FILE] [--format FORMAT] [--json]
  Mends the timetable of the solution after FILE changed: the fewest moves after which
  all holds that must, proven, and the best timetables with up to N more. Sessions after
  --pin stay, and all up to the slot after --past is over; with --free-rooms another room
  in the same slot is no move. --output gets the first. --seconds is for the proof alone,
  where it is hard.
cairn timetable draw FILE [--solution FILE] [--before FILE] [--format FORMAT] [--width N]
    [--output FILE]
  Draws it as SVG, N pixels wide; narrow ones become a list. With --before it marks
  what has moved since.`,
  calendar: `cairn calendar check FILE… [--json]
  Reads calendars of calls in YAML, as yaml2ics does, and tells by line and column what
  is wrong, and what may not mean what its writer thinks.
cairn calendar export FILE [--out FILE] [--json]
  Writes such a calendar as iCalendar text, each call on its own wall clock.
cairn calendar next FILE [--zone ZONE] [--from DAY] [--most N] [--json]
  Lists the next calls in your zone, and tells those that have run out or soon will.
cairn calendar reply FILE|- [--json]
  Hands a mail by which a calendar program answers an invitation to the server, as a
  mail server does that pipes such mails in.`,
  help: `cairn help [COMMAND]
  Says this.`,
} as const;

const NOTES = `Which Cairn: the one that runs on CAIRN_DATA (./data) of this machine; with
CAIRN_TOKEN, a token of yours, the one at CAIRN_URL.

--json prints one JSON document to standard output and nothing else; messages go to
standard error. Exit status: 0 done, 2 could not be done, 3 done and the answer is
bad news.`;

export type CommandName = keyof typeof USAGE;

export const COMMAND_NAMES = Object.keys(USAGE) as readonly CommandName[]; // the keys of the constant above

export const isCommandName = (text: string): text is CommandName => Object.hasOwn(USAGE, text);

/** The usage of one command, or of all. */
export const usageText = (name?: CommandName): string =>
  name === undefined ? `${Object.values(USAGE).join('\n\n')}\n\n${NOTES}\n` : `${USAGE[name]}\n`;
