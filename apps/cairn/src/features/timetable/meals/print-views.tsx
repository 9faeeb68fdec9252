import { counted } from '@cairn/kernel/words';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Order, portionRows } from './order-rules.ts';

interface OrderSheetProps {
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly order: Order;
  /** What people are allergic to, in their words, with what else they eat; without names. */
  readonly allergies: readonly { readonly label: string; readonly words: string }[];
  readonly page: string;
}

/** What a caterer needs; it names nobody, and prints on one sheet. */
export function OrderSheet({ facts, order, allergies, page }: OrderSheetProps) {
  return (
    <>
      <Facts facts={facts} />
      <Table
        caption="Portions"
        note={`for ${counted(order.people, 'person', 'people')}`}
        columns={[
          { head: 'Kind', cell: ({ label }) => label },
          { head: 'Portions', kind: 'number', cell: ({ count }) => count, foot: order.people },
        ]}
        rows={portionRows(order)}
        rowKey={({ key }) => key}
        empty="Nobody eats here."
      />
      <h2>Allergies</h2>
      {allergies.length === 0 ? (
        <p>Nobody said that they have any.</p>
      ) : (
        <ul>
          {allergies.map(({ label, words }, index) => (
            <li key={index}>
              One portion ({label.charAt(0).toLowerCase() + label.slice(1)}): {words}
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">
        It names nobody, so that it can be given away. <a href={page}>Back to the meal</a>
      </p>
    </>
  );
}

/** Tables with those who sit there, to be put up at the door. Diets are not in it. */
export const TableSheet = ({
  tables,
  page,
}: {
  tables: readonly {
    readonly id: string;
    readonly name: string;
    readonly people: readonly string[];
  }[];
  page: string;
}) => (
  <>
    {tables.map(({ id, name, people }) => (
      <section key={id}>
        <h2>{name}</h2>
        <ul>
          {people.map((person) => (
            <li key={person}>{person}</li>
          ))}
        </ul>
      </section>
    ))}
    <p class="quiet">
      <a href={page}>Back to the meal</a>
    </p>
  </>
);
