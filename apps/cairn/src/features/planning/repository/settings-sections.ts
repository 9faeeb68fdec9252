import type { ComponentChildren } from 'preact';
import type { AppContext } from '../../../platform/http/env.ts';
import type { OrganiserEnv } from '../../summits/access.ts';

/** One part of the settings of a plan, brought by the idea that knows it. */
export interface PlanSettingsSection {
  readonly key: string;
  readonly title: string;
  readonly body: ComponentChildren;
}

/** What a section is loaded from: an organiser looks at the settings. */
export type PlanSettingsContext = AppContext<OrganiserEnv['Variables']>;

/** Loads one section of the settings; undefined when it has nothing to say. */
export type LoadPlanSettingsSection = (
  c: PlanSettingsContext,
) => Promise<PlanSettingsSection | undefined>;
