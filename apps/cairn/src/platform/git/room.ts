import { mkdir, statfs } from 'node:fs/promises';

/** What has to stay free besides, so that the database can go on. */
const RESERVE = 100_000_000;

/** Whether the disk of a directory has room for so many bytes, and some besides. */
export async function roomFor(directory: string, bytes: number): Promise<boolean> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize > bytes + RESERVE;
}
