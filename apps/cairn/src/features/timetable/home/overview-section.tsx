import { counted } from '@cairn/kernel/words';
import type { LoadOverviewSection } from '../../summits/overview-routes.tsx';
import { frameOf } from '../frame/frame-queries.ts';
import { brokenNow } from '../release/affected-queries.ts';
import { makingCounts } from './home-queries.ts';

/** How far the timetable is, on the organisers' overview; a release that a change broke is urgent. */
export const timetableSection: LoadOverviewSection = async (db, { summit, organiser }) => {
  const [frame, counts, broken] = await Promise.all([
    frameOf(db, summit),
    makingCounts(db, organiser),
    brokenNow(db, summit, organiser),
  ]);
  const home = `/s/${summit.slug}/organise/timetable`;
  const { release, drafts } = counts;
  return {
    key: 'timetable',
    title: 'Timetable',
    isUrgent: broken.length > 0,
    more: { href: home, label: 'The timetable, step by step' },
    body: (
      <ul>
        {broken.length > 0 && (
          <li>
            <a href={`${home}/repair`}>{counted(broken.length, 'thing')} of it broken</a> by what
            changed since its release
          </li>
        )}
        <li>
          {release === undefined ? (
            'Not released yet'
          ) : (
            <>
              <a href={`${home}/release`}>Version {release.version}</a>, “{release.name}”, is
              released
            </>
          )}
        </li>
        <li>
          {frame === undefined ? (
            <a href={`${home}/frame`}>Begin its days</a>
          ) : (
            <a href={`${home}/drafts`}>{counted(drafts, 'draft')}</a>
          )}
        </li>
      </ul>
    ),
  };
};
