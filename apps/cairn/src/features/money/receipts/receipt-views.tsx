import { formatMoney } from '@cairn/kernel/money';
import { counted } from '@cairn/kernel/words';
import { CheckboxGroup } from '../../../design/controls.tsx';
import { Field, type FieldProps } from '../../../design/form.tsx';
import type { OwnReceipt, Receipt } from './receipt-queries.ts';
import { RECEIPT_TYPES, sizeWords, thumbSize } from './receipt-rules.ts';

/** Shrinks photographs in the browser before they are sent; pages with a `ReceiptFiles` name it. */
export const RECEIPT_SCRIPTS = ['/assets/receipt-photos.js'] as const;

type Shown = Pick<Receipt, 'id' | 'name' | 'mediaType' | 'width' | 'height' | 'pages' | 'size'>;

/** The address of a receipt's content. `at`: `/s/<summit>/money/receipts`, or the same of the treasury. */
export const receiptAddress = (at: string, id: string): string => `${at}/${id}/file`;

/** A receipt, small: the picture itself, or what a PDF holds; it leads to the whole. */
export function ReceiptThumb({
  receipt,
  at,
  within,
}: {
  receipt: Shown;
  at: string;
  /** The longer side at most, in pixels. */
  within?: number;
}) {
  const { id, name, width, height, pages, size } = receipt;
  return (
    <a href={receiptAddress(at, id)}>
      {width === null || height === null ? (
        <>
          {name} (PDF, {counted(pages ?? 1, 'page')}, {sizeWords(size)})
        </>
      ) : (
        <img
          src={receiptAddress(at, id)}
          alt={`Receipt ${name}`}
          loading="lazy"
          decoding="async"
          {...thumbSize(width, height, within)}
        />
      )}
    </a>
  );
}

/** Ticks of the receipts that belong to a cost; posts the name once for each. */
export function ReceiptPicker({
  receipts,
  chosen,
  at,
  ...field
}: FieldProps & {
  receipts: readonly OwnReceipt[];
  /** Ids. */
  chosen: readonly string[];
  at: string;
}) {
  return (
    <CheckboxGroup
      {...field}
      values={chosen}
      options={receipts.map((receipt) => ({
        value: receipt.id,
        label: receiptLabel(receipt),
        hint: <ReceiptThumb receipt={receipt} at={at} within={96} />,
      }))}
    />
  );
}

/** The name of a receipt with what tells it from others. */
const receiptLabel = ({ name, isOwn, owner, totalMinor, currency }: OwnReceipt): string =>
  [
    name,
    ...(isOwn ? [] : [`from ${owner}`]),
    ...(totalMinor === null || currency === null ? [] : [formatMoney(totalMinor, currency)]),
  ].join(', ');

/**
 * Files to send as receipts, several at once; on a phone the camera is among the choices. The form needs `multipart`,
 * and `receiptsSent` reads it. Browsers never refill it, so problems name the file.
 */
export function ReceiptFiles({
  largest,
  ...field
}: Omit<FieldProps, 'hint'> & {
  /** Bytes that one may have. */
  largest: number;
}) {
  return (
    <Field
      optional
      {...field}
      hint={`Photographs (JPEG, PNG, WebP) or PDF, several at once, each up to ${sizeWords(largest)}.`}
    >
      {(ties) => (
        <input
          {...ties}
          type="file"
          multiple
          accept={RECEIPT_TYPES.join(',')}
          data-receipt-photos
        />
      )}
    </Field>
  );
}
