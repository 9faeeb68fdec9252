import type { OpenAPIHono } from '@hono/zod-openapi';
import { availabilityApiRoutes } from './features/dates/availability/api-routes.ts';
import { weekApiRoutes } from './features/dates/weeks/api-routes.ts';
import { attendanceApiRoutes } from './features/meetings/attendance/api-routes.ts';
import { ownAttendanceApiRoutes } from './features/meetings/attendance/own-api-routes.ts';
import { callApiRoutes } from './features/meetings/calls/api-routes.ts';
import { textApiRoutes } from './features/meetings/notes/text-api-routes.ts';
import { meetingApiRoutes } from './features/meetings/series/api-routes.ts';
import { timesApiRoutes } from './features/meetings/times/api-routes.ts';
import { budgetApiRoutes } from './features/money/budget/api-routes.ts';
import { claimApiRoutes } from './features/money/claims/claim-api-routes.ts';
import { estimateApiRoutes } from './features/money/estimates/api-routes.ts';
import { journeyApiRoutes } from './features/money/journeys/api-routes.ts';
import { lodgingApiRoutes } from './features/money/lodging/api-routes.ts';
import { paymentApiRoutes } from './features/money/payments/payment-api-routes.ts';
import { policyApiRoutes } from './features/money/policy/api-routes.ts';
import { rateApiRoutes } from './features/money/rates/api-routes.ts';
import { receiptApiRoutes, sendsReceipt } from './features/money/receipts/api-routes.ts';
import { seatCostApiRoutes } from './features/money/seat-cost/api-routes.ts';
import { stayApiRoutes } from './features/money/stays/api-routes.ts';
import { letterApiRoutes } from './features/money/visa-letters/api-routes.ts';
import { findCallers } from './features/people/accounts/token-queries.ts';
import { peopleApiRoutes } from './features/people/api/api-routes.ts';
import { needApiRoutes } from './features/people/needs/api-routes.ts';
import { activityApiRoutes } from './features/planning/activity/api-routes.ts';
import { decisionApiRoutes } from './features/planning/decisions/api-routes.ts';
import { documentApiRoutes } from './features/planning/files/api-routes.ts';
import { interestApiRoutes } from './features/planning/interest/api-routes.ts';
import { issueApiRoutes } from './features/planning/issues/issue-api-routes.ts';
import { ledgerApiRoutes } from './features/planning/ledger/api-routes.ts';
import { proposalApiRoutes } from './features/planning/proposals/api-routes.ts';
import { conflictApiRoutes } from './features/planning/proposals/conflict-api-routes.ts';
import { repositoryApiRoutes } from './features/planning/repository/api-routes.ts';
import { reviewApiRoutes } from './features/planning/reviews/api-routes.ts';
import { changesApiRoutes } from './features/planning/reviews/changes-api-routes.ts';
import { searchApiRoutes } from './features/planning/search/api-routes.ts';
import { threadApiRoutes } from './features/planning/threads/thread-api-routes.ts';
import { topicApiRoutes } from './features/planning/topics/topic-api-routes.ts';
import { workPlanApiRoutes } from './features/planning/workplan/api-routes.ts';
import { feedApiRoutes } from './features/publishing/api-routes.ts';
import { inviteApiRoutes } from './features/publishing/invites/invite-api-routes.ts';
import { timetableImportApiRoutes } from './features/publishing/timetable/import-api-routes.ts';
import { summitApiRoutes } from './features/summits/api-routes.ts';
import { agendaApiRoutes } from './features/timetable/agenda/api-routes.ts';
import { draftApiRoutes } from './features/timetable/drafts/api-routes.ts';
import { frameApiRoutes } from './features/timetable/frame/api-routes.ts';
import { groupingApiRoutes } from './features/timetable/groups/api-routes.ts';
import { groupEditApiRoutes } from './features/timetable/groups/group-edit-api-routes.ts';
import { ownGroupsApiRoutes } from './features/timetable/groups/own-api-routes.ts';
import { mealApiRoutes } from './features/timetable/meals/api-routes.ts';
import { nowApiRoutes } from './features/timetable/now/api-routes.ts';
import { openSpaceApiRoutes } from './features/timetable/open-space/api-routes.ts';
import { presenceApiRoutes } from './features/timetable/presence/api-routes.ts';
import { releaseApiRoutes } from './features/timetable/release/api-routes.ts';
import { sessionApiRoutes } from './features/timetable/sessions/api-routes.ts';
import { timetableSearchApiRoutes } from './features/timetable/solving/api-routes.ts';
import { taskApiRoutes } from './features/work/api-routes.ts';
import { worklogApiRoutes } from './features/work/worklog/api-routes.ts';
import type { ApiEnv } from './platform/http/api-caller.ts';
import { apiRoutes } from './platform/http/api-routes.ts';
import type { Services } from './platform/http/env.ts';

/** The API, made of every room's part. */
export const createApi = (
  services: Services,
  localToken: string | undefined,
): OpenAPIHono<ApiEnv> =>
  apiRoutes(
    [
      summitApiRoutes(),
      receiptApiRoutes(),
      ...peopleApiRoutes(),
      weekApiRoutes(),
      availabilityApiRoutes(),
      timesApiRoutes(),
      feedApiRoutes(),
      inviteApiRoutes(),
      timetableImportApiRoutes(),
      meetingApiRoutes(),
      ownAttendanceApiRoutes(),
      attendanceApiRoutes(),
      textApiRoutes(),
      callApiRoutes(),
      taskApiRoutes(),
      threadApiRoutes(),
      topicApiRoutes(),
      issueApiRoutes(),
      repositoryApiRoutes(),
      documentApiRoutes(),
      interestApiRoutes(),
      proposalApiRoutes(),
      conflictApiRoutes(),
      changesApiRoutes(),
      reviewApiRoutes(),
      ledgerApiRoutes(),
      activityApiRoutes(),
      searchApiRoutes(),
      decisionApiRoutes(),
      workPlanApiRoutes(),
      openSpaceApiRoutes(),
      worklogApiRoutes(),
      agendaApiRoutes(),
      nowApiRoutes(),
      draftApiRoutes(),
      timetableSearchApiRoutes(),
      mealApiRoutes(),
      journeyApiRoutes(),
      letterApiRoutes(),
      releaseApiRoutes(),
      ownGroupsApiRoutes(),
      groupingApiRoutes(),
      groupEditApiRoutes(),
      frameApiRoutes(),
      presenceApiRoutes(),
      budgetApiRoutes(),
      claimApiRoutes(),
      estimateApiRoutes(),
      seatCostApiRoutes(),
      stayApiRoutes(),
      lodgingApiRoutes(),
      needApiRoutes(),
      paymentApiRoutes(),
      policyApiRoutes(),
      rateApiRoutes(),
      sessionApiRoutes(),
    ],
    {
      services,
      localToken,
      findCaller: findCallers(services),
      largestBody: (path) => (sendsReceipt(path) ? services.largestReceipt : undefined),
    },
  );
