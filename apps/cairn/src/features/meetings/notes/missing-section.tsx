import type { LoadOverviewSection } from '../../summits/overview-routes.tsx';
import { MissingNotes } from './overview-views.tsx';
import { missingNotes } from './text-queries.ts';

/** How many missing notes are named before the rest is only counted. */
const NAMED = 5;

/** Which notes are missing, on the organisers' overview; nothing when all are there. */
export const missingNotesSection: LoadOverviewSection = async (db, { summit, now }) => {
  const missing = await missingNotes(db, summit, now);
  if (missing.length === 0) return undefined;
  const home = `/s/${summit.slug}`;
  return {
    key: 'missing-notes',
    title: 'Missing notes',
    isUrgent: true,
    more: { href: `${home}/meetings`, label: 'All meetings' },
    body: (
      <>
        <p>
          {missing.length === 1
            ? 'A meeting is over and nobody has written its notes.'
            : `Meetings are over and ${missing.length} notes of them are not written.`}
        </p>
        <MissingNotes home={home} missing={missing.slice(0, NAMED)} />
        {missing.length > NAMED && <p>and {missing.length - NAMED} more</p>}
      </>
    ),
  };
};
