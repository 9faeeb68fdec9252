/** Says that there is a search already; a form that would begin another one makes room for it. */
export const SearchUnderWay = ({ href }: { href: string }) => (
  <p>
    A search is under way. <a href={href}>See how far it is</a>
  </p>
);
