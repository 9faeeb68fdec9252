/** What the mail beside a calendar request says, to those whose program shows only its text. */
import type { ZoneName } from '@cairn/kernel/time';
import { type EntryContent, placeOf } from '../calendar-rules.ts';
import type { DueInvite } from './invite-rules.ts';
import { contentChanges, spanWords, timeWords } from './invite-words-rules.ts';

/** Whom a mail is for, and what it leads to. */
export interface InviteMailFrame {
  readonly name: string;
  /** The reader's own zone, or the summit's where they have not said one. */
  readonly zone: ZoneName;
  readonly summitZone: ZoneName;
  readonly summitTitle: string;
  /** Where they answer. */
  readonly link: string;
}

/** Subject and text of the mail for something that is due. */
export function inviteMail(
  due: DueInvite,
  frame: InviteMailFrame,
): { readonly subject: string; readonly body: string } {
  const { content } = due.entry;
  const when = timeWords(content.time, frame.zone);
  const blocks = [
    `Dear ${frame.name},`,
    ...(due.method === 'REQUEST' ? request(due, frame) : off(due, frame)),
  ];
  return {
    subject: `${subjectWord(due)}: ${content.summary}${due.method === 'CANCEL' ? '' : `, ${when}`}`,
    body: blocks.join('\n\n'),
  };
}

function subjectWord({ method, why }: DueInvite): string {
  if (method === 'CANCEL') return why === 'left' ? 'No longer for you' : 'Called off';
  return why === 'changed' ? 'Changed' : 'Invitation';
}

function request({ entry, why, before }: DueInvite, frame: InviteMailFrame): string[] {
  const { content } = entry;
  const changes =
    why === 'changed' && before !== undefined ? contentChanges(before, content, frame.zone) : [];
  const isMoved = changes.some(({ what }) => what === 'When');
  return [
    why === 'changed'
      ? `“${before?.summary ?? content.summary}” of ${frame.summitTitle} has changed.`
      : `You are invited to “${content.summary}”${content.summary === frame.summitTitle ? '' : ` of ${frame.summitTitle}`}.`,
    changes.map(({ what, before: old, now }) => `${what}: ${now}\n  before: ${old}`).join('\n'),
    facts(entry.content, frame)
      .filter(({ what }) => changes.every((change) => change.what !== what))
      .map(({ what, value }) => `${what}: ${value}`)
      .join('\n'),
    content.time.kind === 'wall' && frame.zone !== frame.summitZone
      ? `There it is ${timeWords(content.time, frame.summitZone)}.`
      : '',
    `${isMoved ? 'Whatever you said to the old time does not count for this one. ' : ''}Say whether you come, with the buttons that your calendar program shows, or here, without an account:\n${frame.link}`,
    entry.key === 'summit'
      ? 'This is only about your calendar. A seat is taken, and given back, with your answer to the invitation to the summit itself.'
      : 'This tells the organisers what to expect. Attendance is noted at the call itself.',
  ].filter((block) => block !== '');
}

/** What of an entry has not changed, or all of it. */
const facts = (content: EntryContent, { zone }: InviteMailFrame) => {
  const place = placeOf(content);
  return [
    { what: 'When', value: spanWords(content.time, zone) },
    ...(place === undefined ? [] : [{ what: 'Where', value: place }]),
  ];
};

function off({ why, before, entry }: DueInvite, frame: InviteMailFrame): string[] {
  const { summary, time } = before ?? entry.content;
  const what = `“${summary}” (${timeWords(time, frame.zone)})`;
  if (why === 'left') {
    return [
      `You are no longer among those who are invited to ${what} of ${frame.summitTitle}. Your calendar program takes it out, or you can delete it.`,
      `If you think that is a mistake, write to the organisers.`,
    ];
  }
  return [
    `${what} of ${frame.summitTitle} does not take place then. Your calendar program takes it out, or you can delete it.`,
    'If it gets another time, you are invited anew.',
  ];
}
