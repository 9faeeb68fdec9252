import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddress, networkOf } from './network.ts';

describe('the address of a client', () => {
  test('is the other end of the connection, whatever a client on the internet claims', () => {
    expect(clientAddress('203.0.113.7', null)).toBe('203.0.113.7');
    expect(clientAddress('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
    expect(clientAddress('::ffff:203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
    expect(clientAddress('2001:db8::1', '198.51.100.1')).toBe('2001:db8::1');
  });

  test('is what a neighbouring proxy names last, not what its client put before', () => {
    for (const proxy of ['127.0.0.1', '::1', '10.0.0.2', '172.18.0.3', '192.168.1.9', 'fd00::2']) {
      expect(clientAddress(proxy, '1.2.3.4, 198.51.100.1')).toBe('198.51.100.1');
    }
    expect(clientAddress('172.32.0.1', '198.51.100.1')).toBe('172.32.0.1');
  });

  test('is the proxy’s own when it names none that is an address', () => {
    expect(clientAddress('127.0.0.1', null)).toBe('127.0.0.1');
    expect(clientAddress('127.0.0.1', 'unknown')).toBe('127.0.0.1');
    expect(clientAddress(undefined, null)).toBeUndefined();
  });
});

describe('a network', () => {
  test('is the /24 of an IPv4 address and the /48 of an IPv6 address', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.0/24');
    expect(networkOf('2001:db8:85a3:8d3:1319:8a2e:370:7348')).toBe('2001:db8:85a3::/48');
    expect(networkOf('2001:0db8::1')).toBe('2001:db8:0::/48');
    expect(networkOf('::1')).toBe('0:0:0::/48');
    expect(networkOf('not an address')).toBeUndefined();
    expect(networkOf(undefined)).toBeUndefined();
  });

  test('is the same for all addresses in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(255), (address, last) => {
        const neighbour = address.replace(/\d+$/, String(last));
        expect(networkOf(neighbour)).toBe(networkOf(address));
      }),
    );
  });
});
