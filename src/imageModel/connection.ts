import type { ImageGenerationError } from './errors';
import type { ModelDescriptor } from './modelDescriptor';

/** One host of the service, and the key that is tried there. */
export interface ConnectionPlace {
  readonly regionId: string;
  /** Origin. */
  readonly baseUrl: string;
  /** The workspace to name in each request; undefined for the account's own. */
  readonly workspaceId?: string | undefined;
  /** Called for each request; its answer is kept nowhere. */
  readonly getApiKey: () => Promise<string | undefined>;
}

/** Where a connection is at fault; `other` is told by its error alone. */
export type ConnectionFault =
  | 'nameNotFound'
  | 'unreachable'
  | 'timeout'
  | 'cut'
  | 'proxyUnreachable'
  | 'proxyLogin'
  | 'proxyRefused'
  | 'certificateUntrusted'
  | 'certificateDate'
  | 'certificateHost'
  | 'noEncryption'
  | 'redirected'
  | 'stranger'
  | 'noKey'
  | 'keyRefused'
  | 'planKey'
  | 'workspaceRefused'
  | 'other';

/** Why a place does not work. */
export interface ConnectionFailure {
  readonly fault: ConnectionFault;
  readonly error: ImageGenerationError;
  /** The host that a redirect leads to, where it is told. */
  readonly redirectHost?: string | undefined;
  /** The HTTP status with which a proxy refused to connect. */
  readonly proxyStatus?: number | undefined;
}

/** What was found out about a place. */
export interface ConnectionReport {
  readonly regionId: string;
  /** With its port, if it is not the usual one. */
  readonly host: string;
  /** What the service thinks of the key; `unknown` when it could not be asked. */
  readonly key: 'accepted' | 'refused' | 'missing' | 'unknown';
  /** Absent when all is well. */
  readonly failure?: ConnectionFailure;
  /** Absent when the service gave no list. The list is incomplete: `unlisted` models may work as well. */
  readonly models?: {
    readonly listed: readonly ModelDescriptor[];
    readonly unlisted: readonly ModelDescriptor[];
  };
}

/** What is to be checked. */
export interface ConnectionPlan {
  readonly current: ConnectionPlace;
  /** Other regions that have a key of their own. */
  readonly others: readonly ConnectionPlace[];
  /** Where the current key is tried as well once it is refused; those that are not https are left out. */
  readonly elsewhere: readonly Omit<ConnectionPlace, 'getApiKey'>[];
}

/** What was found out about all of them. */
export interface ConnectionDiagnosis {
  readonly current: ConnectionReport;
  readonly others: readonly ConnectionReport[];
  /** The current key, elsewhere; empty unless it was refused. */
  readonly elsewhere: readonly ConnectionReport[];
}

/** How a check is watched and ended. */
export interface ConnectionCheckOptions {
  readonly signal: AbortSignal;
  /** The current key is about to be tried in these regions. */
  readonly onTryElsewhere?: (regionIds: readonly string[]) => void;
}
