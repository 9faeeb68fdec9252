import type { ComponentChildren } from 'preact';

interface EmptyStateProps {
  /** One sentence: what would be here. */
  readonly children: ComponentChildren;
  /** What to do next. */
  readonly next?: { readonly href: string; readonly label: string } | undefined;
}

/** What stands where there is nothing yet. */
export function EmptyState({ children, next }: EmptyStateProps) {
  return (
    <p class="empty">
      {children} {next !== undefined && <a href={next.href}>{next.label}</a>}
    </p>
  );
}
