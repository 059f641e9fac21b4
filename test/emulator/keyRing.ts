import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal';

/** Accepted keys, each with its region, or `any`. */
export type Keys = Readonly<Record<string, string>>;

/** What the service knows of its customers. */
export interface Accounts {
  readonly keys: Keys;
  /** The one region that the emulator stands for; keys of the others are not valid there. */
  readonly region: string | undefined;
  /** The ids that `X-DashScope-WorkSpace` can name; any if there is no list. */
  readonly workspaces: readonly string[] | undefined;
  /** Keys of sub-accounts, which must name a workspace. */
  readonly subAccountKeys: readonly string[];
}

/** Whoever sent a request. */
export interface Caller {
  readonly key: string;
  /** Where the call takes place; undefined when every region's models are served. */
  readonly region: string | undefined;
}

/** Finds out who calls. Throws a Refusal. */
export function identifyCaller(headers: IncomingHttpHeaders, accounts: Accounts): Caller {
  const { keys, region } = accounts;
  const authorization = headers.authorization?.trim() ?? '';
  if (authorization === '' || authorization === 'Bearer') {
    throw new Refusal(401, 'InvalidApiKey', 'No API-key provided.');
  }
  const key = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
  const home = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (home === undefined || (region !== undefined && home !== 'any' && home !== region)) {
    throw new Refusal(401, 'InvalidApiKey', 'Invalid API-key provided.');
  }
  checkWorkspace(headers['x-dashscope-workspace'], key, accounts);
  return { key, region: region ?? (home === 'any' ? undefined : home) };
}

function checkWorkspace(
  workspace: string | string[] | undefined,
  key: string,
  { workspaces, subAccountKeys }: Accounts,
): void {
  if (workspace === undefined || workspace === '') {
    if (!subAccountKeys.includes(key)) return;
    throw new Refusal(403, 'Workspace.AccessDenied', 'Workspace access denied.');
  }
  if (workspaces && !workspaces.includes(String(workspace))) {
    throw new Refusal(
      401,
      'NOT AUTHORIZED',
      'Access denied: Either you are not authorized to access this workspace, or the workspace does not exist. Please verify the workspace configuration.',
    );
  }
}
