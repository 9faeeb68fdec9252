import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

type Json = ColumnType<unknown, string, string>;

/** What conversations in a plan are made of besides comments, and what is kept of topics. */
export interface PlanThreadTables {
  planEarlierText: {
    id: Generated<number>;
    summitId: string;
    number: number | null;
    commentId: string | null;
    title: string | null;
    body: string;
    replacedBy: string | null;
    replacedByAccount: number | null;
    replacedAt: Instant;
  };
  planReaction: {
    id: Generated<number>;
    summitId: string;
    number: number | null;
    commentId: string | null;
    reaction: '+1' | '-1' | 'laugh' | 'hooray' | 'confused' | 'heart' | 'rocket' | 'eyes';
    personId: string | null;
    accountId: number | null;
    at: Instant;
  };
  planHappening: {
    id: Generated<number>;
    summitId: string;
    number: number;
    kind: string;
    data: Json;
    personId: string | null;
    accountId: number | null;
    at: Instant;
  };
  planLabelMeaning: {
    summitId: string;
    label: string;
    meaning: 'plain' | 'good' | 'warn' | 'bad' | 'soft';
    about: Generated<string>;
  };
  planTopicMerge: {
    id: Generated<string>;
    summitId: string;
    number: number;
    intoNumber: number;
    gained: Json;
    mergedAt: Instant;
    mergedBy: string | null;
    undoneAt: Instant | null;
    undoneBy: string | null;
  };
  planTopicMergeComment: { mergeId: string; commentId: string };
  planTopicTold: {
    summitId: string;
    number: number;
    problems: Json;
    toldAt: Instant;
  };
}
