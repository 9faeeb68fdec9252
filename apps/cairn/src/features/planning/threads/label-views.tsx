import type { Label } from './label-queries.ts';

/** One label, in the colour of what it means; the word says it too. */
export const LabelMark = ({ label, meaning }: Label) => (
  <span class={meaning === 'plain' ? 'label' : `label ${meaning}`}>
    <bdi>{label}</bdi>
  </span>
);

/** Labels in a row. */
export const Labels = ({ labels }: { labels: readonly Label[] }) =>
  labels.length === 0 ? null : (
    <span class="labels">
      {labels.map((each) => (
        <LabelMark key={each.label} {...each} />
      ))}
    </span>
  );
