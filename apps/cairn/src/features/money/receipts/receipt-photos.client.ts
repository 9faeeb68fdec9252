/**
 * Shrinks photographs in the browser before they are sent: what a camera saves as 30 MB goes out as one or two, also from
 * a slow network. Without this script, or where the browser cannot read a file, it is sent as it is, and the server says
 * what it thinks of it.
 */

/** Below this a file is sent as it is. */
const SMALL_BYTES = 1_500_000;
/** Enough to read the small print of a long slip. */
const LONGEST_SIDE = 2_600;
const QUALITY = 0.85;
const CHOSEN = 'input[type=file][data-receipt-photos]';

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** The same photograph, smaller; the file itself where it is small already or no picture that the browser reads. */
async function shrunk(file: File): Promise<File> {
  if (file.size < SMALL_BYTES || file.type === 'application/pdf') return file;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return file;
  // What was transparent would turn black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', QUALITY),
  );
  if (made === null || made.size >= file.size) return file;
  return new File([made], `${file.name.replace(/\.\w{1,5}$/, '')}.jpg`, { type: 'image/jpeg' });
}

function statusBeside(input: HTMLInputElement): HTMLElement {
  const next = input.nextElementSibling;
  if (next instanceof HTMLElement && next.matches('[data-receipt-status]')) return next;
  const status = document.createElement('span');
  status.className = 'hint';
  status.setAttribute('data-receipt-status', '');
  status.setAttribute('role', 'status');
  input.after(status);
  return status;
}

/** What is being shrunk, by its input; a form waits for it. */
const working = new Map<HTMLInputElement, Promise<void>>();

async function shrinkAll(input: HTMLInputElement): Promise<void> {
  const chosen = [...(input.files ?? [])];
  if (chosen.length === 0) return;
  const status = statusBeside(input);
  status.textContent = 'Making photographs smaller …';
  const sent = new DataTransfer();
  // One after the other: a phone has no room for four open photographs.
  for (const file of chosen) sent.items.add(await shrunk(file));
  const now = [...sent.files];
  const bytes = (files: readonly File[]): number => files.reduce((sum, { size }) => sum + size, 0);
  const what = `${now.length} ${now.length === 1 ? 'file' : 'files'}`;
  if (bytes(now) < bytes(chosen)) {
    input.files = sent.files;
    status.textContent = `${what}, ${megabytes(bytes(now))} instead of ${megabytes(bytes(chosen))}.`;
  } else {
    status.textContent = `${what}, ${megabytes(bytes(now))}.`;
  }
}

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement && target.matches(CHOSEN))) return;
  const done = shrinkAll(target)
    .catch(() => undefined)
    .finally(() => {
      if (working.get(target) === done) working.delete(target);
    });
  working.set(target, done);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
  const waited = [...working].filter(([input]) => input.form === form).map(([, done]) => done);
  if (waited.length === 0) return;
  event.preventDefault();
  const { submitter } = event;
  void Promise.all(waited).then(() => form.requestSubmit(submitter));
});
