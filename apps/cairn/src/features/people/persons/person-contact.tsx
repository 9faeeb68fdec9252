/** An e-mail address that may break before its @, so that a column of them stays narrow. */
export function Address({ email }: { email: string }) {
  const at = email.lastIndexOf('@');
  if (at < 0) return <>{email}</>;
  return (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
}

/** How somebody can be reached: an address, a GitHub handle, or both. */
export const Contact = ({ email, github }: { email: string | null; github: string | null }) => (
  <>
    {email !== null && <Address email={email} />}
    {email !== null && github !== null && <br />}
    {github !== null && `@${github}`}
  </>
);
