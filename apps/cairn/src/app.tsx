import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { createApi } from './api.ts';
import { assetRoutes } from './assets.ts';
import { demoRoutes } from './demo/routes.tsx';
import { availabilityRoutes } from './features/dates/availability/availability-routes.tsx';
import { busyRoutes } from './features/dates/availability/busy-routes.tsx';
import { planSection } from './features/dates/overview-section.tsx';
import { planRoutes } from './features/dates/plan-routes.tsx';
import { weekSection } from './features/dates/weeks/overview-section.tsx';
import { weekRoutes } from './features/dates/weeks/week-routes.ts';
import { attendanceRoutes } from './features/meetings/attendance/attendance-routes.tsx';
import { attendanceSection } from './features/meetings/attendance/attendance-section.tsx';
import { listRoutes } from './features/meetings/attendance/list-routes.tsx';
import { ownAttendanceRoutes } from './features/meetings/attendance/own-attendance-routes.tsx';
import { callFormRoutes } from './features/meetings/calls/call-form-routes.tsx';
import { callRoutes } from './features/meetings/calls/call-routes.tsx';
import { organisedCallRoutes } from './features/meetings/calls/organise-routes.tsx';
import { callSection } from './features/meetings/calls/overview-section.tsx';
import { ownCallRoutes } from './features/meetings/calls/own-call-routes.tsx';
import { liveTextRoutes } from './features/meetings/notes/live-routes.ts';
import { notesSection } from './features/meetings/notes/meeting-notes-section.tsx';
import { missingNotesSection } from './features/meetings/notes/missing-section.tsx';
import { textRoutes } from './features/meetings/notes/text-routes.tsx';
import { meetingEditRoutes } from './features/meetings/series/meeting-edit-routes.tsx';
import { meetingRoutes } from './features/meetings/series/meeting-routes.tsx';
import { meetingsSection } from './features/meetings/series/overview-section.tsx';
import { seriesRoutes } from './features/meetings/series/series-routes.tsx';
import { tracksRoutes } from './features/meetings/series/tracks-routes.tsx';
import { ownTimesRoutes } from './features/meetings/times/own-routes.tsx';
import { timesRoutes } from './features/meetings/times/times-routes.tsx';
import { largestSending, takesReceipts } from './features/money/receipts/receipt-rules.ts';
import { moneyRoutes } from './features/money/routes.ts';
import { accountRoutes } from './features/people/accounts/account-routes.tsx';
import { signInLogRoutes } from './features/people/accounts/sign-in-log-routes.tsx';
import { signInMailRoutes } from './features/people/accounts/sign-in-mail-routes.tsx';
import { passkeyRoutes } from './features/people/accounts/sign-in-passkey-routes.ts';
import { providerRoutes } from './features/people/accounts/sign-in-provider-routes.tsx';
import { signInRoutes } from './features/people/accounts/sign-in-routes.tsx';
import { tokenRoutes } from './features/people/accounts/token-routes.tsx';
import {
  agreementRoutes,
  changedAgreementRoutes,
} from './features/people/agreement/agreement-routes.tsx';
import {
  answerRoutes,
  invitationLinkRoutes,
} from './features/people/invitations/answer-routes.tsx';
import { sendingRoutes } from './features/people/invitations/sending-routes.tsx';
import { listingRoutes, participantRoutes } from './features/people/listing/listing-routes.tsx';
import { mailRoutes } from './features/people/mails/mail-routes.tsx';
import { needRoutes, ownNeedRoutes } from './features/people/needs/need-routes.tsx';
import { invitationSection, promiseSection } from './features/people/overview-section.tsx';
import { erasureRoutes } from './features/people/own-data/erasure-routes.tsx';
import { ownDataRoutes } from './features/people/own-data/own-data-routes.tsx';
import { importRoutes } from './features/people/persons/import-routes.tsx';
import { personRoutes } from './features/people/persons/person-routes.tsx';
import { evidenceRoutes } from './features/people/promises/evidence-routes.tsx';
import { ownPromiseRoutes, promiseRoutes } from './features/people/promises/obligation-routes.tsx';
import { roleRoutes } from './features/people/roles/role-routes.tsx';
import { seatRoutes } from './features/people/seats/seat-routes.tsx';
import { planAskingSection } from './features/planning/decisions/own-section.tsx';
import { webhookRoutes } from './features/planning/github/webhook-routes.ts';
import { planningSection } from './features/planning/home/overview-section.tsx';
import { planAwaitingSection } from './features/planning/home/own-section.tsx';
import { gitRoutes } from './features/planning/repository/git-routes.ts';
import { planningRoutes } from './features/planning/routes.ts';
import { rsvpSection } from './features/publishing/invites/meeting-section.tsx';
import { publishingRoutes } from './features/publishing/routes.ts';
import { showPlainPage } from './features/summits/page.tsx';
import { summitRoutes } from './features/summits/routes.ts';
import { timetableSection } from './features/timetable/home/overview-section.tsx';
import { ownWeekSection } from './features/timetable/home/own-section.tsx';
import { timetableRoutes } from './features/timetable/routes.ts';
import { taskRoutes } from './features/work/task-routes.tsx';
import { worklogRoutes } from './features/work/worklog/worklog-routes.tsx';
import type { Auth } from './platform/auth/auth.ts';
import { GitUnavailable } from './platform/git/unavailable.ts';
import type { AppEnv, Services, Visitor } from './platform/http/env.ts';
import { healthRoutes } from './platform/http/health.ts';
import { measureRequests } from './platform/http/metrics.ts';
import { takeNotice } from './platform/http/notice.ts';
import { ownPagesOnly } from './platform/http/origin.ts';
import { routePattern } from './platform/http/route-pattern.ts';

/**
 * Who is asking: the part of a request that the sign-in room answers, with the cookies to send along
 * when it prolonged a session.
 */
export type FindVisitor = (
  headers: Headers,
) => Promise<Omit<Visitor, 'notice'> & { readonly setCookies?: readonly string[] }>;

/** Secrets that open doors for programs beside this one. */
export interface Doors {
  /** What the command line shows to prove that it may read this installation's files. */
  readonly localToken?: string | undefined;
  /** What a monitor shows to read `/metrics` from elsewhere. */
  readonly metricsToken?: string | undefined;
}

/** Uploads (a CSV of people, a summit file) are far below this; anything above is refused unread. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Refuses unread what is larger than so many bytes. */
const atMost = (bytes: number): MiddlewareHandler<AppEnv> => {
  const sentence = `This is larger than ${Math.floor(bytes / 1_000_000)} MB; go back, and send it in several parts.\n`;
  return bodyLimit({ maxSize: bytes, onError: (c) => c.text(sentence, 413) });
};

/**
 * The whole product as one function from request to response. What it reaches outside itself comes
 * in as `services`; who is asking is found by `findVisitor`, and proven by `auth`. Tests of everything
 * but signing in leave `auth` out.
 */
export function createApp(
  services: Services,
  findVisitor: FindVisitor,
  auth?: Auth,
  { localToken, metricsToken }: Doors = {},
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const measured = measureRequests();
  app.use(measured.middleware);
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
      // What people sent is shown with a stricter policy of its own.
      overwrite: false,
      // TLS ends at the proxy in front, which is the one to promise it.
      strictTransportSecurity: false,
    }),
  );
  app.route('/', healthRoutes(services, measured, metricsToken));
  app.route('/', webhookRoutes(services));
  app.route('/', createApi(services, localToken));
  app.route('/', gitRoutes(services));
  const usual = atMost(LARGEST_BODY);
  const receipts = atMost(largestSending(services.largestReceipt));
  app.use((c, next) => (takesReceipts(c.req.path) ? receipts : usual)(c, next));
  app.route('/', assetRoutes());
  app.use(ownPagesOnly(services.url));
  app.use(keepPrivate);
  app.use(provide(services, findVisitor));
  // No text of the database's can hold NUL, so nothing is at an address that does.
  app.use((c, next) => (c.req.url.includes('%00') ? Promise.resolve(c.notFound()) : next()));
  if (auth !== undefined) {
    app.route('/', signInRoutes(auth));
    app.route('/', passkeyRoutes(auth));
    app.route('/', providerRoutes(auth));
    app.route('/', signInLogRoutes());
    app.route('/', signInMailRoutes());
    app.route('/', accountRoutes(auth));
    app.route('/', tokenRoutes());
  }
  app.route(
    '/',
    demoRoutes(auth === undefined || localToken === undefined ? undefined : { auth, localToken }),
  );
  app.route('/', invitationLinkRoutes());
  app.route('/', answerRoutes([ownWeekSection, planAwaitingSection, planAskingSection]));
  app.route('/', changedAgreementRoutes());
  app.route('/', agreementRoutes());
  app.route('/', seatRoutes());
  app.route('/', ownNeedRoutes());
  app.route('/', needRoutes());
  app.route('/', roleRoutes());
  app.route(
    '/',
    summitRoutes([
      invitationSection,
      promiseSection,
      meetingsSection,
      planSection,
      planningSection,
      timetableSection,
      missingNotesSection,
      weekSection,
      callSection,
    ]),
  );
  app.route('/', planRoutes());
  app.route('/', weekRoutes());
  app.route('/', availabilityRoutes());
  app.route('/', busyRoutes());
  app.route('/', ownTimesRoutes());
  app.route('/', timesRoutes());
  app.route('/', ownDataRoutes());
  if (auth !== undefined) app.route('/', erasureRoutes(auth));
  app.route('/', importRoutes());
  app.route('/', personRoutes());
  app.route('/', sendingRoutes());
  app.route('/', mailRoutes());
  app.route('/', participantRoutes());
  app.route('/', listingRoutes());
  app.route('/', ownPromiseRoutes());
  app.route('/', evidenceRoutes());
  app.route('/', promiseRoutes());
  app.route('/', tracksRoutes());
  app.route('/', seriesRoutes());
  app.route('/', meetingEditRoutes());
  app.route('/', attendanceRoutes());
  app.route('/', ownAttendanceRoutes());
  app.route('/', listRoutes());
  app.route('/', meetingRoutes([attendanceSection, rsvpSection, notesSection]));
  app.route('/', callRoutes());
  app.route('/', organisedCallRoutes());
  app.route('/', callFormRoutes());
  app.route('/', ownCallRoutes());
  app.route('/', planningRoutes());
  app.route('/', timetableRoutes());
  app.route('/', moneyRoutes());
  app.route('/', publishingRoutes());
  app.route('/', liveTextRoutes());
  app.route('/', textRoutes());
  app.route('/', taskRoutes());
  app.route('/', worklogRoutes());
  app.notFound((c) =>
    showPlainPage(
      c,
      { title: 'Nothing here', status: 404 },
      <p>
        There is no page at this address, or it is not yours to see. Go to the{' '}
        <a href="/">summits</a>, or <a href="/sign-in">sign in</a>.
      </p>,
    ),
  );
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.text(`${error.message}\n`, error.status);
    if (error instanceof GitUnavailable) return c.text(`${error.message}\n`, 503);
    // The pattern and not the address, which may hold the secret of a link.
    const { requestId } = c.var;
    process.stderr.write(`${requestId} ${c.req.method} ${routePattern(c)}: ${error.stack}\n`);
    return c.text(
      `Something went wrong on our side, and nothing was changed. Tell the organisers this number: ${c.var.requestId}\n`,
      500,
    );
  });
  return app;
}

/**
 * Pages are made for whoever asks and kept by nobody on the way, unless the page says otherwise; and
 * nothing that sets a cookie may be kept for others, whatever it says.
 */
const keepPrivate: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  const said = headers.get('cache-control');
  if (said === null || (said.startsWith('public') && headers.has('set-cookie'))) {
    c.header('cache-control', 'private, no-cache');
  }
};

const provide =
  (services: Services, findVisitor: FindVisitor): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('services', services);
    const { setCookies = [], ...found } = await findVisitor(c.req.raw.headers);
    for (const cookie of setCookies) c.header('set-cookie', cookie, { append: true });
    c.set('visitor', {
      ...found,
      notice: c.req.method === 'GET' ? takeNotice(c) : undefined,
    });
    await next();
  };
