import * as z from 'zod/mini';
import type { JobRecord } from '../generation/jobJournal';
import { jobSchema, loose, stepSchema } from './jobSchema';

/** A record as it lies in its file: with the window that goes on with it. */
export interface StoredRecord extends JobRecord {
  /** Id of that window. */
  readonly owner: string;
  /** Grows by one or more with each window that takes it over. */
  readonly claim: number;
  /** Where the job was started; absent for a window without a folder. */
  readonly workspace?: string;
}

/** What a file turned out to be. */
export type ParsedRecord =
  | { readonly kind: 'record'; readonly record: StoredRecord }
  /** Of a later Easel; nobody else touches it. */
  | { readonly kind: 'newer' }
  /** `owner`: as far as that can be told. */
  | { readonly kind: 'damaged'; readonly reason: string; readonly owner?: string };

/**
 * Takes a record of an older version one version forward, by the version that it comes from. To change the format: raise
 * `currentVersion`, and add the step from the one before. The step sets no version.
 */
export type Upgrades = Readonly<
  Record<number, (old: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>
>;

const currentVersion = 1;

const noUpgrades: Upgrades = {};

/** Far above what any job needs; a larger file is none of ours. */
export const maxRecordBytes = 1_000_000;

const versionSchema = z.looseObject({ version: z.int() });
const ownerSchema = z.object({ owner: z.string() });

const fileSchema = loose<StoredRecord & { readonly version: number }>({
  version: z.int(),
  owner: z.string(),
  claim: z.int(),
  workspace: z.optional(z.string()),
  job: jobSchema,
  step: stepSchema,
});

/** Reads the text of a record's file. Fields that are not known here stay in the result, and so survive a rewrite. */
export function parseRecord(text: string, upgrades: Upgrades = noUpgrades): ParsedRecord {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'damaged', reason: 'it is no JSON' };
  }
  const owned = z.safeParse(ownerSchema, json);
  const damaged = (reason: string): ParsedRecord => ({ kind: 'damaged', reason, ...owned.data });
  const versioned = z.safeParse(versionSchema, json);
  if (!versioned.success) return damaged('it has no version');
  let { version, ...content }: Record<string, unknown> & { version: number } = versioned.data;
  if (version > currentVersion) return { kind: 'newer' };
  for (; version < currentVersion; version += 1) {
    const upgrade = upgrades[version];
    if (!upgrade) return damaged(`there is no way from version ${version}`);
    content = upgrade(content);
  }
  const parsed = z.safeDecode(fileSchema, { ...content, version });
  if (!parsed.success) return damaged(describe(parsed.error));
  const { version: _, ...record } = parsed.data;
  return { kind: 'record', record };
}

/**
 * The text of a record's file, for machines and for people: one field a line, times as in ISO 8601.
 * @throws when it could not be read back
 */
export function formatRecord(record: StoredRecord): string {
  const encoded = z.safeEncode(fileSchema, { ...record, version: currentVersion });
  if (!encoded.success) {
    throw new Error(`The job cannot be written down: ${describe(encoded.error)}.`);
  }
  const text = `${JSON.stringify(encoded.data, undefined, 2)}\n`;
  if (Buffer.byteLength(text) > maxRecordBytes) {
    throw new Error(`The job cannot be written down: it is larger than ${maxRecordBytes} bytes.`);
  }
  return text;
}

/** Where it is wrong, without what stands there: that may be a prompt. */
function describe(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return `${issue?.path.join('.')}: ${issue?.code}`;
}
