import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import type { OwnGrant } from './grant-queries.ts';

/** Whether Cairn writes on GitHub as whoever reads, and how to change that. */
export function OwnGrantPage({ grant, zone }: { grant: OwnGrant | undefined; zone: ZoneName }) {
  return (
    <>
      {grant === undefined ? (
        <p>
          Where a plan is kept in step with GitHub, what you write here appears there too: until you
          allow more, under Cairn’s name with yours in front.
        </p>
      ) : grant.isRefused ? (
        <p>
          GitHub no longer takes what you allowed as <b>{grant.login}</b>. Until you allow it anew,
          what you write appears under Cairn’s name with yours in front.
        </p>
      ) : (
        <p>
          What you write in plans appears on GitHub as <b>{grant.login}</b>. You allowed it on{' '}
          <When instant={grant.grantedAt} zone={zone} />.
        </p>
      )}
      {(grant === undefined || grant.isRefused) && (
        <Form action="/me/github/ask">
          <p>
            GitHub will ask you whether Cairn may act in public repositories. Cairn uses it for what
            you write in plans, and for nothing else. You can take it back here or there.
          </p>
          <Actions>
            <SubmitButton>Write on GitHub as me</SubmitButton>
          </Actions>
        </Form>
      )}
      {grant !== undefined && (
        <Form action="/me/github/withdraw">
          <Actions>
            <SubmitButton weight="danger">Take it back</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

/** Somebody has come back from GitHub: nothing is kept before they say so here. */
export const ComeBackPage = ({ code, state }: { code: string; state: string }) => (
  <Form action="/me/github/give">
    <p>
      GitHub says that you allow it. Do you want what you write in plans to appear there as yours?
    </p>
    <HiddenField name="code" value={code} />
    <HiddenField name="state" value={state} />
    <Actions>
      <SubmitButton>Yes, as mine</SubmitButton>
    </Actions>
  </Form>
);
