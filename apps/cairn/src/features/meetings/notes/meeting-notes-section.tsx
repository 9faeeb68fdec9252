import type { LoadMeetingSection } from '../series/meeting-sections.ts';
import { NotesOverview } from './overview-views.tsx';
import { writtenTexts } from './text-queries.ts';

/** Agenda and notes on the page of a call, of the whole and of each track. */
export const notesSection: LoadMeetingSection = async (c, meeting) => {
  const { summit, services, comes, organiser } = c.var;
  if (!comes && organiser === undefined) return undefined;
  const written = await writtenTexts(services.db, summit.id, meeting.key);
  return {
    key: 'notes',
    title: 'Agenda and notes',
    body: <NotesOverview home={`/s/${summit.slug}`} meeting={meeting} written={written} />,
  };
};
