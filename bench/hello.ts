// The yardstick of `pages`: the least that the same HTTP stack does, in the same process settings.
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (c) => c.html('<!doctype html><title>Hello</title><p>Hello'));

const server = createAdaptorServer({ fetch: app.fetch });
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGINT', () => process.exit(0));
