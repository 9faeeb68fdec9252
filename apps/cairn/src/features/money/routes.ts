import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { budgetRoutes, organisersMoneyRoutes } from './budget/budget-routes.tsx';
import { claimRoutes } from './claims/claim-routes.tsx';
import { estimateRoutes } from './estimates/estimate-routes.tsx';
import { estimateReviewRoutes } from './estimates/review-routes.tsx';
import { funderRoutes } from './funders/funder-routes.tsx';
import { lineRoutes } from './funders/line-routes.tsx';
import { journalRoutes } from './journal/journal-routes.tsx';
import { bankRoutes } from './payments/bank-routes.tsx';
import { batchRoutes } from './payments/batch-routes.tsx';
import { paymentRoutes } from './payments/payment-routes.tsx';
import { ownRulesRoutes } from './policy/own-rules-routes.tsx';
import { policyRoutes } from './policy/policy-routes.tsx';
import { tryRoutes } from './policy/try-routes.tsx';
import { receiptRoutes, reviewedReceiptRoutes } from './receipts/receipt-routes.tsx';
import { ownStayRoutes } from './stays/own-routes.tsx';
import { staysRoutes } from './stays/stays-routes.tsx';

/** Everything under `/s/:summit/money`, `/treasury` and what organisers see of it. A part is a line. */
export function moneyRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.route('/', estimateRoutes());
  app.route('/', estimateReviewRoutes());
  app.route('/', lineRoutes());
  app.route('/', funderRoutes());
  app.route('/', budgetRoutes());
  app.route('/', organisersMoneyRoutes());
  app.route('/', journalRoutes());
  app.route('/', claimRoutes());
  app.route('/', receiptRoutes());
  app.route('/', reviewedReceiptRoutes());
  app.route('/', ownStayRoutes());
  app.route('/', staysRoutes());
  app.route('/', policyRoutes());
  app.route('/', tryRoutes());
  app.route('/', ownRulesRoutes());
  app.route('/', bankRoutes());
  app.route('/', batchRoutes());
  app.route('/', paymentRoutes());
  return app;
}
