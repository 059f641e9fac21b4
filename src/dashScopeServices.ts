import type * as vscode from 'vscode';
import { diagnoseConnection } from './dashscope/connectionCheck';
import { DashScopeProvider } from './dashscope/dashScopeProvider';
import { guidePollDelay } from './dashscope/pollSchedule';
import { findRegion, isRegionHost, keyOrigin, regions, regionUrl } from './dashscope/regions';
import type { UploadCache } from './dashscope/upload';
import type { ConnectionCheckOptions, ConnectionPlan } from './imageModel/connection';
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
  readonly logger: Logger;
}

/** The part of the composition that knows DashScope: its client, and which key goes to which of its hosts. */
export function createDashScopeServices({
  settings,
  secrets,
  readImage,
  uploadCache,
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
  const provider = new DashScopeProvider({
    ...environment,
    baseUrlFor,
    workspaceIdFor,
    getApiKey: keyFor,
    readImage,
    uploadCache,
    pollSchedule: guidePollDelay,
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
