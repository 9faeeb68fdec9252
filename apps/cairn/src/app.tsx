import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { evidenceRoutes } from './features/people/evidence-routes.tsx';
import { ownPromiseRoutes, promiseRoutes } from './features/people/obligation-routes.tsx';
import type { AppEnv, Services, Visitor } from './platform/http/env.ts';
import { takeNotice } from './platform/http/notice.ts';

/** Who is asking: the part of a request that the sign-in room answers. */
export type FindVisitor = (headers: Headers) => Promise<Omit<Visitor, 'notice'>>;

/** Uploads (a CSV of people, a summit file) are far below this; anything above is refused unread. */
const LARGEST_BODY = 8 * 1024 * 1024;

/**
 * The whole product as one function from request to response. What it reaches outside itself comes
 * in as `services`; who is asking is found by `findVisitor`.
 */
export function createApp(services: Services, findVisitor: FindVisitor): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestId());
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      // TLS ends at the proxy in front, which is the one to promise it.
      strictTransportSecurity: false,
    }),
  );
  app.use(bodyLimit({ maxSize: LARGEST_BODY }));
  app.get('/healthz', (c) => c.text('alive\n'));
  app.use(provide(services, findVisitor));
  app.route('/', ownPromiseRoutes());
  app.route('/', evidenceRoutes());
  app.route('/', promiseRoutes());
  return app;
}

const provide =
  (services: Services, findVisitor: FindVisitor): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('services', services);
    c.set('visitor', {
      ...(await findVisitor(c.req.raw.headers)),
      notice: c.req.method === 'GET' ? takeNotice(c) : undefined,
    });
    await next();
  };
