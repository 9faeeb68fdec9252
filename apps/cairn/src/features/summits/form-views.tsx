import type { ComponentChildren } from 'preact';
import {
  DateField,
  MonthField,
  NumberField,
  Select,
  TextArea,
  TextField,
  WallTimeField,
} from '../../design/controls.tsx';
import { FieldGroup, fieldId, useTold } from '../../design/form.tsx';
import { capitalised } from './form-fields.ts';
import {
  type Group,
  type Leaf,
  type List,
  nameWithin,
  type Part,
  partsOf,
  type Typing,
  textIn,
  type Variants,
} from './form-parts.ts';

/** Where the form posts to; the buttons of rows post there too and come back to their row. */
interface FormPlace {
  readonly action: string;
  /** What to say at a field besides its hint, such as that its value is last year's. */
  readonly remark?: (name: string) => ComponentChildren;
  /** What to say of a row that is folded up, and whether to unfold it, such as for its problems. */
  readonly row?: (name: string) => { readonly remark: ComponentChildren; readonly isOpen: boolean };
}

interface PartProps<P extends Part> {
  readonly part: P;
  readonly name: string;
  readonly typing: Typing | undefined;
  readonly place: FormPlace;
}

/** The controls of one part of a form, with what was typed in them. */
export function FormPart({ part, name, typing, place }: PartProps<Part>) {
  switch (part.kind) {
    case 'list':
      return <Rows part={part} name={name} typing={typing} place={place} />;
    case 'group':
      return <GroupFields part={part} name={name} typing={typing} place={place} />;
    case 'variants':
      return <VariantFields part={part} name={name} typing={typing} place={place} />;
    default:
      return <LeafField part={part} name={name} typing={typing} place={place} />;
  }
}

function Parts({ part, name, typing, place }: PartProps<Group | Variants>) {
  return (
    <>
      {Object.entries(partsOf(part, typing)).map(([member, inner]) => (
        <FormPart
          key={member}
          part={inner}
          name={nameWithin(name, member)}
          typing={memberOf(typing, member)}
          place={place}
        />
      ))}
    </>
  );
}

const memberOf = (typing: Typing | undefined, member: string): Typing | undefined =>
  typeof typing === 'object' && !Array.isArray(typing)
    ? (typing as Readonly<Record<string, Typing>>)[member] // `isArray` does not narrow readonly arrays away
    : undefined;

function GroupFields({ part, name, typing, place }: PartProps<Group>) {
  const fields = <Parts part={part} name={name} typing={typing} place={place} />;
  if (part.label === undefined) return fields;
  return (
    <FieldGroup name={name} label={part.label} hint={part.hint} optional={part.optional}>
      {() => fields}
    </FieldGroup>
  );
}

function VariantFields({ part, name, typing, place }: PartProps<Variants>) {
  return (
    <FieldGroup name={name} label={part.label} hint={part.hint}>
      {() => (
        <>
          <Select
            name={nameWithin(name, 'kind')}
            label="Rule"
            value={textIn(typing, 'kind')}
            empty="Choose a rule"
            options={Object.entries(part.variants).map(([value, { label }]) => ({ value, label }))}
          />
          <p class="small">
            <RowButton action={place.action} does="show" at={nameWithin(name, 'kind')}>
              Show the numbers of this rule
            </RowButton>
          </p>
          <Parts part={part} name={name} typing={typing} place={place} />
        </>
      )}
    </FieldGroup>
  );
}

function Rows({ part, name, typing, place }: PartProps<List>) {
  const rows: readonly Typing[] = Array.isArray(typing) ? typing : [];
  return (
    <FieldGroup
      name={name}
      label={part.label}
      hint={part.hint}
      optional={part.whenEmpty === 'omit'}
    >
      {({ id }) => (
        <>
          {rows.map((row, index) => (
            <Row
              key={index}
              {...{ part, name, row, index, place }}
              isLast={index + 1 === rows.length}
            />
          ))}
          <p id={rows.length === 0 ? id : undefined}>
            <RowButton
              action={place.action}
              does="add"
              at={name}
              next={nameWithin(name, rows.length)}
            >
              Add {/^[aeiou]/.test(part.one) ? 'an' : 'a'} {part.one}
            </RowButton>
          </p>
        </>
      )}
    </FieldGroup>
  );
}

interface RowProps {
  readonly part: List;
  readonly name: string;
  readonly row: Typing;
  readonly index: number;
  readonly isLast: boolean;
  readonly place: FormPlace;
}

/** One row, folded up to its title unless it is new or has something wrong in it. */
function Row({ part, name, row, index, isLast, place }: RowProps) {
  const own = nameWithin(name, index);
  const called = `${capitalised(part.one)} ${index + 1}`;
  const heading = headingOf(row);
  const { ties, words } = useTold({ name: own, optional: true });
  const { remark, isOpen } = place.row?.(own) ?? { remark: undefined, isOpen: false };
  const button = (does: 'remove' | 'up' | 'down', says: string) => (
    <RowButton action={place.action} does={does} at={own} next={name}>
      {says} <span class="unseen">{called}</span>
    </RowButton>
  );
  return (
    <details id={`${ties.id}-row`} class="field" open={isOpen || heading === ''}>
      <summary>
        {called}
        {heading !== '' && `: ${heading}`} {remark}
      </summary>
      <div id={ties.id}>
        {words}
        <FormPart part={part.item} name={own} typing={row} place={place} />
        <p class="small">
          {index > 0 && <>{button('up', 'Move up')} · </>}
          {!isLast && <>{button('down', 'Move down')} · </>}
          {button('remove', 'Remove')}
        </p>
      </div>
    </details>
  );
}

/** What a row is recognised by: its title, its name, or the beginning of its text. */
function headingOf(row: Typing): string {
  const text =
    typeof row === 'string'
      ? row
      : ['title', 'name', 'text', 'how']
          .map((name) => textIn(row, name))
          .find((each) => each !== '');
  return text === undefined || text.length <= 60 ? (text ?? '') : `${text.slice(0, 60)}…`;
}

/** Sends the whole form and shows it again with its rows changed; the page opens at `next`. */
function RowButton({
  action,
  does,
  at,
  next,
  children,
}: {
  action: string;
  does: string;
  at: string;
  next?: string;
  children: ComponentChildren;
}) {
  return (
    <button
      class="plain"
      type="submit"
      name="do"
      value={`${does} ${at}`}
      formAction={`${action}#${next === undefined ? fieldId(at) : `${fieldId(next)}-row`}`}
    >
      {children}
    </button>
  );
}

function LeafField({ part, name, typing, place }: PartProps<Leaf>) {
  const value = typeof typing === 'string' ? typing : '';
  const remark = place.remark?.(name);
  const told = {
    name,
    label: part.label,
    hint:
      remark === undefined ? (
        part.hint
      ) : (
        <>
          {part.hint} {remark}
        </>
      ),
  };
  switch (part.kind) {
    case 'line':
      return <TextField {...told} value={value} optional={part.optional} autocomplete="off" />;
    case 'key':
      return <TextField {...told} value={value} optional width="short" autocomplete="off" />;
    case 'number':
      return <NumberField {...told} value={value} optional={part.optional} />;
    case 'numbers':
      return <TextField {...told} value={value} optional width="short" autocomplete="off" />;
    case 'day':
      return <DateField {...told} value={value} optional={part.optional} />;
    case 'month':
      return <MonthField {...told} value={value} optional={part.optional} />;
    case 'wall-time':
      return <WallTimeField {...told} value={value} optional={part.optional} />;
    case 'prose':
      return (
        <TextArea {...told} value={value} rows={part.rows} optional={part.whenEmpty === 'omit'} />
      );
    case 'lines':
      return (
        <TextArea
          {...told}
          value={value}
          rows={Math.max(3, value.split('\n').length)}
          optional={part.whenEmpty === 'omit'}
        />
      );
    case 'choice':
      return <Select {...told} value={value} options={part.options} />;
    case 'lead':
      return <LeadFields {...told} typing={typing} />;
    default:
      return part satisfies never;
  }
}

const ANCHORS = [
  { value: 'before start', label: 'before the summit starts' },
  { value: 'after start', label: 'after the summit starts' },
  { value: 'before end', label: 'before the summit ends' },
  { value: 'after end', label: 'after the summit ends' },
];

function LeadFields({
  typing,
  ...told
}: {
  name: string;
  label: string;
  hint: ComponentChildren;
  typing: Typing | undefined;
}) {
  const { name } = told;
  return (
    <FieldGroup {...told}>
      {() => (
        <>
          {(['months', 'weeks', 'days'] as const).map((unit) => (
            <NumberField
              key={unit}
              name={nameWithin(name, unit)}
              label={capitalised(unit)}
              value={textIn(typing, unit)}
              optional
            />
          ))}
          <Select
            name={nameWithin(name, 'anchor')}
            label="Counted from"
            value={textIn(typing, 'anchor')}
            options={ANCHORS}
          />
        </>
      )}
    </FieldGroup>
  );
}
