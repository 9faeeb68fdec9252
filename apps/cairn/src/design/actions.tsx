import type { ComponentChildren } from 'preact';
import { Form, type FormProps } from './form.tsx';

/** How much an action weighs: one `primary` a page; `danger` for what cannot be taken back. */
export type Weight = 'primary' | 'ordinary' | 'plain' | 'danger';

interface SubmitButtonProps {
  readonly children: ComponentChildren;
  readonly weight?: Weight;
  /** The last step of a dangerous action, on its own page. */
  readonly final?: boolean;
  /** Which of several buttons was pressed: posts `name=value`. */
  readonly name?: string;
  readonly value?: string;
}

/** Sends the form that it is in. */
export function SubmitButton({
  children,
  weight = 'primary',
  final,
  name,
  value,
}: SubmitButtonProps) {
  return (
    <button
      type="submit"
      class={final === true ? `${weight} final` : weight}
      name={name}
      value={value}
    >
      {children}
    </button>
  );
}

/** A link that looks like the action it leads to; for going somewhere, never for changing something. */
export function ActionLink({
  href,
  weight = 'ordinary',
  children,
}: {
  href: string;
  weight?: 'primary' | 'ordinary';
  children: ComponentChildren;
}) {
  return (
    <a class={`button ${weight}`} href={href}>
      {children}
    </a>
  );
}

/** The actions of a form or page, in one row; the first is what most people want. */
export const Actions = ({ children }: { children: ComponentChildren }) => (
  <div class="actions">{children}</div>
);

interface ConfirmProps extends Omit<FormProps, 'children' | 'method' | 'multipart'> {
  /** What will happen and what cannot be taken back, in plain words. */
  readonly consequences: ComponentChildren;
  /** The verb and its object: “Erase Ada Lovelace”, never “OK”. */
  readonly verb: string;
  /** The way back, which changes nothing. */
  readonly back: string;
  /** Fields that the last step asks for, such as a reason. */
  readonly children?: ComponentChildren;
}

/** The page before a dangerous action: says what it does, asks once, and offers the way back. */
export function Confirm({ consequences, verb, back, children, ...form }: ConfirmProps) {
  return (
    <>
      <div class="consequences">{consequences}</div>
      <Form {...form}>
        {children}
        <Actions>
          <SubmitButton weight="danger" final>
            {verb}
          </SubmitButton>
          <a href={back}>Leave things as they are</a>
        </Actions>
      </Form>
    </>
  );
}
