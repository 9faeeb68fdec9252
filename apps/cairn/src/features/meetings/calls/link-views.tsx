import type { ZoneName } from '@cairn/kernel/time';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import type { CallNow } from './shown-rules.ts';
import { nameOf, type ShownLink } from './shown-rules.ts';

/** How a link stands, in a word, a shape and a sentence. */
export function LinkMark({ link, zone }: { link: ShownLink; zone: ZoneName }) {
  const { url, state, since, checkedAt, detail } = link;
  const seen =
    checkedAt === undefined ? (
      ', not looked at yet'
    ) : (
      <>
        , last looked at <When instant={checkedAt} zone={zone} />
      </>
    );
  return (
    <>
      {state === 'broken' ? (
        <Mark shape="cross" tone="bad">
          broken{since !== undefined && <> since {<When instant={since} zone={zone} />}</>}
        </Mark>
      ) : (
        <Mark shape={state === 'ok' ? 'tick' : 'ring'} tone={state === 'ok' ? 'good' : 'soft'}>
          {state === 'ok' ? 'works' : 'unknown'}
        </Mark>
      )}{' '}
      <a href={url} rel="noreferrer">
        {url}
      </a>
      {seen}
      {detail !== undefined && `. ${detail}`}
    </>
  );
}

/** One address with all calls that lead there; what is seen at it is the same for all. */
export function SharedLink({
  links,
  calls,
  zone,
}: {
  links: readonly ShownLink[];
  calls: readonly CallNow[];
  zone: ZoneName;
}) {
  const [link] = links;
  if (link === undefined) return null;
  const names = links.map(({ callId }) => nameOf(calls, callId));
  return (
    <li>
      <LinkMark link={link} zone={zone} />
      <br />
      <span class="small quiet">{names.join(' · ')}</span>
    </li>
  );
}
