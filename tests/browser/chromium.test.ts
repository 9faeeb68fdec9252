import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, launchChromium } from './chromium.ts';

const page = (body: string): string =>
  `<!doctype html><html lang="en"><title>Probe</title><main>${body}</main></html>`;
const PAGES: Readonly<Record<string, string>> = {
  '/good': page('<h1>Summit</h1><p id="sum"></p><script>sum.textContent = 40 + 2</script>'),
  '/bad': page('<h1>Summit</h1><img src="map.png"><input type="text">'),
};

let browser: Browser;
let context: BrowserContext;
let server: Server;
let address: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(PAGES[request.url ?? '']);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
  context = await browser.newContext();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

describe('the tests’ browser', () => {
  test('renders a page from loopback and runs its script', async () => {
    const tab = await context.newPage();
    await tab.goto(`${address}/good`);
    expect(await tab.textContent('#sum')).toBe('42');
    const { width = 0 } = (await tab.locator('h1').boundingBox()) ?? {};
    expect(width).toBeGreaterThan(0);
    await expectAccessible(tab);
  });

  test('names each element that an impaired reader could not use', async () => {
    const tab = await context.newPage();
    await tab.goto(`${address}/bad`);
    const failure = await expectAccessible(tab).catch((error: Error) => error.message);
    expect(failure).toContain('image-alt');
    expect(failure).toContain('<input type="text">');
  });
});
