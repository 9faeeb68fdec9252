import { pushCommand } from './push-rules.ts';

export interface CloneProps {
  /** The address of the repository. */
  readonly url: string;
  /** Everybody may read it, so a clone needs no token. */
  readonly isPublic: boolean;
  /** The reader may push, under this handle; undefined for whoever only reads. */
  readonly handle: string | undefined;
  /** The name of the folder that a clone makes. */
  readonly folder: string;
}

/** Where a plan is for Git, and the commands from the clone to the proposal, to be copied. */
export function CloneCommands({ url, isPublic, handle, folder }: CloneProps) {
  return (
    <>
      {(!isPublic || handle !== undefined) && (
        <p>
          Git asks for a name and a password{isPublic && ' when you push'}. The name may be
          anything; the password is a <a href="/me/tokens">token</a> that may{' '}
          {handle === undefined ? 'read plans' : 'push to plans'} (
          <code>{handle === undefined ? 'read:plan' : 'write:plan'}</code>
          {handle !== undefined && !isPublic && (
            <>
              {' '}
              and <code>read:plan</code>
            </>
          )}
          ).
        </p>
      )}
      <p>Clone the plan:</p>
      <pre>
        <code>{`git clone ${url} ${folder}\ncd ${folder}`}</code>
      </pre>
      {handle !== undefined && (
        <>
          <p>
            Change documents on a branch, and push it. That opens a proposal; pushing again gives it
            a new version.
          </p>
          <pre>
            <code>
              {[
                'git switch -c my-change',
                'git commit -a -m "Say what changes"',
                pushCommand(handle),
              ].join('\n')}
            </code>
          </pre>
          <p>
            What is wrong in a document is told when you push, with file, line and what to write
            instead. Main changes by proposals only.
          </p>
        </>
      )}
    </>
  );
}

/** The same as a section of a page. */
export function CloneSection(props: CloneProps) {
  return (
    <section aria-labelledby="clone-this-plan">
      <h2 id="clone-this-plan">Clone this plan</h2>
      <CloneCommands {...props} />
    </section>
  );
}
