import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { networkOfRequest, outsideNetworkOf } from './client.ts';

const app = new Hono()
  .get('/any', (c) => c.text(String(networkOfRequest(c))))
  .get('/outside', (c) => c.text(String(outsideNetworkOf(c))));

const asked = async (path: string, remoteAddress: string, forwardedFor?: string) => {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  const answer = await app.request(path, { headers }, { incoming: { socket: { remoteAddress } } });
  return answer.text();
};

test('a request comes from a network on the internet, also where a proxy stands in front', async () => {
  expect(await asked('/outside', '203.0.113.7')).toBe('203.0.113.0/24');
  expect(await asked('/outside', '127.0.0.1', '203.0.113.7')).toBe('203.0.113.0/24');
  // Nobody on the internet chooses where they come from.
  expect(await asked('/outside', '203.0.113.7', '192.168.1.2')).toBe('203.0.113.0/24');
});

test('of this machine and of a private network everybody may come, so they are none', async () => {
  for (const address of ['127.0.0.1', '192.168.1.2', '10.0.0.9', '::1', 'fd12::1']) {
    expect(await asked('/outside', address)).toBe('undefined');
    expect(await asked('/any', address)).not.toBe('undefined');
  }
});
