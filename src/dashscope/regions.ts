import { ImageGenerationError } from '../imageModel/errors';

// https://help.aliyun.com/zh/model-studio/regions — model, endpoint and key must belong to the same region.

/** A deployment of Model Studio with its own hosts and its own keys. */
export interface Region {
  readonly id: string;
  /** English; for logs and as a fallback. */
  readonly label: string;
  /** Origin of the host that all workspaces share, without a trailing slash; younger regions have none. */
  readonly classicUrl?: string;
  /** Whether files can be uploaded to temporary storage. https://help.aliyun.com/zh/model-studio/get-temporary-file-url */
  readonly hasUploads: boolean;
  /** What the service bills in. */
  readonly currency: 'CNY' | 'USD';
  /** The console page where keys of this region are made. */
  readonly keysUrl: string;
}

const international = 'https://modelstudio.console.alibabacloud.com/?tab=model#/api-key';

/** The first is the default. */
export const regions = [
  {
    id: 'cn-beijing',
    label: 'China (Beijing)',
    classicUrl: 'https://dashscope.aliyuncs.com',
    hasUploads: true,
    currency: 'CNY',
    keysUrl: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
  },
  {
    id: 'ap-southeast-1',
    label: 'Singapore',
    classicUrl: 'https://dashscope-intl.aliyuncs.com',
    hasUploads: true,
    currency: 'USD',
    keysUrl: international,
  },
  {
    id: 'us-east-1',
    label: 'US (Virginia)',
    classicUrl: 'https://dashscope-us.aliyuncs.com',
    hasUploads: false,
    currency: 'USD',
    keysUrl: international,
  },
  {
    id: 'eu-central-1',
    label: 'Germany (Frankfurt)',
    hasUploads: false,
    currency: 'USD',
    keysUrl: international,
  },
  {
    id: 'ap-northeast-1',
    label: 'Japan (Tokyo)',
    hasUploads: false,
    currency: 'USD',
    keysUrl: international,
  },
  {
    id: 'cn-hongkong',
    label: 'China (Hong Kong)',
    hasUploads: false,
    currency: 'USD',
    keysUrl: international,
  },
] as const satisfies readonly Region[];

/** An id of the table. */
export type RegionId = (typeof regions)[number]['id'];

/** Undefined for an id that is not in the table. */
export function findRegion(id: string): Region | undefined {
  return regions.find((region) => region.id === id);
}

const workspaceHost = /^https:\/\/[a-z0-9-]+\.([a-z0-9-]+)\.maas\.aliyuncs\.com$/;

/** Whether a text can be a workspace's id, which becomes a part of a host name. */
function isWorkspaceId(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text);
}

/** Which of a region's hosts is spoken to. */
export interface HostChoice {
  readonly workspaceId?: string | undefined;
  /** Prefers the workspace's own host to the shared one. */
  readonly prefersWorkspaceHost: boolean;
}

/**
 * The origin of a region's host.
 * @throws ImageGenerationError with code `WorkspaceNeeded` where it has only workspace hosts and no workspace is named;
 * with `WorkspaceInvalid` for a name that cannot be one.
 */
export function regionUrl(
  region: Region,
  { workspaceId, prefersWorkspaceHost }: HostChoice,
): string {
  if (workspaceId !== undefined && !isWorkspaceId(workspaceId)) {
    throw new ImageGenerationError(
      'invalidRequest',
      `"${workspaceId}" is no workspace id; copy it from the workspace's page in the console.`,
      { code: 'WorkspaceInvalid' },
    );
  }
  if (region.classicUrl && !(prefersWorkspaceHost && workspaceId)) return region.classicUrl;
  if (workspaceId) return `https://${workspaceId.toLowerCase()}.${region.id}.maas.aliyuncs.com`;
  throw new ImageGenerationError(
    'invalidRequest',
    `${region.label} has only workspace hosts; set the id of your workspace there.`,
    { code: 'WorkspaceNeeded' },
  );
}

/** The origin that a region's key is kept under, whichever of its hosts it goes to. */
export function keyOrigin(region: Region): string {
  return region.classicUrl ?? `https://${region.id}.maas.aliyuncs.com`;
}

/** Whether an origin is one of the service's own hosts in that region, so that the region's key may go there. */
export function isRegionHost(region: Region, origin: string): boolean {
  return origin === region.classicUrl || workspaceHost.exec(origin)?.[1] === region.id;
}

/** Whether an origin is a workspace's own host, the only kind that has the OpenAI-compatible images path. */
export function isWorkspaceHost(origin: string): boolean {
  return workspaceHost.test(origin);
}

/** Whether an origin is none of the service's own in that region; the person has set it. */
export function isCustomEndpoint(regionId: string, origin: string): boolean {
  const region = findRegion(regionId);
  return !region || !isRegionHost(region, origin);
}
