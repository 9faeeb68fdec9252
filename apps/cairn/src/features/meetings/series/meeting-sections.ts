import type { ComponentChildren } from 'preact';
import type { AppContext } from '../../../platform/http/env.ts';
import type { ParticipantEnv } from '../../summits/access.ts';
import type { Meeting } from './series-rules.ts';

/** One part of a call's page, brought by the room that knows it. */
export interface MeetingSection {
  readonly key: string;
  readonly title: string;
  readonly body: ComponentChildren;
  /** The reader is to do something in it just now: it stands above the tracks. */
  readonly isFirst?: boolean;
}

/** What a section is loaded from: somebody who takes part looks at the page of a call. */
export type MeetingContext = AppContext<ParticipantEnv['Variables']>;

/** Loads one section of a call's page; undefined when it has nothing to say. */
export type LoadMeetingSection = (
  c: MeetingContext,
  meeting: Meeting,
) => Promise<MeetingSection | undefined>;
