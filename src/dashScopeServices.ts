import type * as vscode from 'vscode';
import { diagnoseConnection } from './dashscope/connectionCheck';
import { DashScopeProvider } from './dashscope/dashScopeProvider';
import { type DurationMemory, LearningPollPlanner } from './dashscope/pollPlanner';
import { findRegion, isRegionHost, keyOrigin, regions, regionUrl } from './dashscope/regions';
import type { UploadCache } from './dashscope/upload';
import type { ConnectionCheckOptions, ConnectionPlan } from './imageModel/connection';
import { QueryGate } from './journal/queryGate';
import { ApiKeyStore } from './settings/apiKeyStore';
import { parseEndpoint } from './settings/endpoint';
import type { Settings } from './settings/settings';
import { pause } from './util/abort';
import type { Logger } from './util/logger';

/** What the client is built from. */
export interface DashScopeServicesOptions {
  readonly settings: Pick<Settings, 'endpoint' | 'workspaceId' | 'hostChoice'>;
  readonly secrets: vscode.SecretStorage;
  readonly readImage: (uri: string) => Promise<Uint8Array>;
  readonly uploadCache: UploadCache;
  readonly taskDurations: DurationMemory;
  /** How many windows ask after tasks. */
  readonly windows: () => number;
  readonly logger: Logger;
}

/** The part of the composition that knows DashScope: its client, and which key goes to which of its hosts. */
export function createDashScopeServices({
  settings,
  secrets,
  readImage,
  uploadCache,
  taskDurations,
  windows,
  logger,
}: DashScopeServicesOptions) {
  const regionOf = (id: string) => findRegion(id) ?? regions[0];
  const baseUrlFor = (id: string) =>
    parseEndpoint(settings.endpoint) ?? regionUrl(regionOf(id), settings.hostChoice(id));
  /** All hosts of a region share its key; an endpoint of the user's own has its own. */
  const keyOriginOf = (id: string, origin: string | undefined) =>
    origin === undefined || isRegionHost(regionOf(id), origin) ? keyOrigin(regionOf(id)) : origin;
  const apiKeys = new ApiKeyStore({
    secrets,
    environmentKey: () => process.env.DASHSCOPE_API_KEY,
    originOf: (id) => keyOriginOf(id, parseEndpoint(settings.endpoint)),
  });
  const keyFor = (id: string, origin: string) => apiKeys.get(id, keyOriginOf(id, origin));
  /** A relay of the user's own learns nothing of the account. */
  const workspaceIdFor = (id: string, origin = baseUrlFor(id)) =>
    isRegionHost(regionOf(id), origin) ? settings.workspaceId(id) : undefined;
  const environment = {
    // Looked up per call: VS Code replaces it with one that honours proxy and certificates.
    fetch: (input: string, init: RequestInit) => globalThis.fetch(input, init),
    pause,
    random: Math.random,
    now: Date.now,
    logger,
  };
  const queries = new QueryGate({ windows, pause, now: Date.now });
  const provider = new DashScopeProvider({
    ...environment,
    beforeQuery: (signal) => queries.pass(signal),
    baseUrlFor,
    workspaceIdFor,
    getApiKey: keyFor,
    readImage,
    uploadCache,
    pollPlanner: new LearningPollPlanner(taskDurations, logger),
  });
  return {
    provider,
    apiKeys,
    regions,
    regionOf,
    baseUrlFor,
    keyFor,
    workspaceIdFor,
    diagnose: (plan: ConnectionPlan, options: ConnectionCheckOptions) =>
      diagnoseConnection(environment, plan, options),
  };
}
