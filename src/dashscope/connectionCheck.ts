import * as z from 'zod/mini';
import type {
  ConnectionCheckOptions,
  ConnectionDiagnosis,
  ConnectionPlace,
  ConnectionPlan,
  ConnectionReport,
} from '../imageModel/connection';
import { ImageGenerationError } from '../imageModel/errors';
import type { Logger } from '../util/logger';
import { type AnswerFacts, describeCauses, findFault, tunnelStatus } from './connectionFaults';
import { modelCatalog } from './modelCatalog';
import { type ClientEnvironment, DashScopeTransport, type FetchFunction } from './transport';

// Only requests that cost nothing: two lists. The first names the models that the key may see; the second belongs to
// the API that images are made with, so that its word about the key is the one that counts.
const modelsPath = '/compatible-mode/v1/models';
const tasksPath = '/api/v1/tasks/?page_size=1';

const modelListSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Keys of the Token Plan and the Coding Plan, as far as they are known. */
const planKey = /^sk-sp-/;

/**
 * Checks every place of the plan at once, and then, if the current key is refused, tries it elsewhere.
 * @throws the signal's reason when it fires.
 */
export async function diagnoseConnection(
  environment: ClientEnvironment,
  plan: ConnectionPlan,
  { signal, onTryElsewhere }: ConnectionCheckOptions,
): Promise<ConnectionDiagnosis> {
  const check = (place: ConnectionPlace) => checkPlace(environment, place, signal);
  const [current, others] = await Promise.all([
    check(plan.current),
    Promise.all(plan.others.map(check)),
  ]);
  const elsewhere =
    current.failure?.fault === 'keyRefused'
      ? plan.elsewhere.filter(({ baseUrl }) => baseUrl.startsWith('https://'))
      : [];
  if (elsewhere.length === 0) return { current, others, elsewhere: [] };
  onTryElsewhere?.(elsewhere.map(({ regionId }) => regionId));
  const { getApiKey } = plan.current;
  return {
    current,
    others,
    elsewhere: await Promise.all(elsewhere.map((place) => check({ ...place, getApiKey }))),
  };
}

/** Never throws for a fault, which is what it is there to find. @throws the signal's reason */
async function checkPlace(
  environment: ClientEnvironment,
  place: ConnectionPlace,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const url = new URL(place.baseUrl);
  const logger = prefixed(environment.logger, `${place.regionId} at ${url.host}`);
  const witness = new Witness(environment.fetch);
  const client = new DashScopeTransport({ ...environment, fetch: witness.fetch, logger }, place);
  const about = { regionId: place.regionId, host: url.host };

  let error = await failureOf(client.get(modelsPath, signal));
  const models = error ? undefined : sortModels(place.regionId, await witness.readJson());
  // Without a list, not even a good answer needs to come from this service.
  const isUnsure = error ? [401, 403, 404].includes(error.httpStatus ?? 0) : !models;
  if (isUnsure) error = await failureOf(client.get(tasksPath, signal));
  witness.forget();

  if (!error) {
    const count = models ? `${models.listed.length} image models of Easel listed` : 'no list';
    logger.info(`the key is accepted, ${count}`);
    return { ...about, key: 'accepted', ...(models ? { models } : {}) };
  }
  const sorted = findFault(error, url, witness.answer);
  const isPlanKey = sorted === 'keyRefused' && planKey.test((await place.getApiKey()) ?? '');
  const fault = isPlanKey ? 'planKey' : sorted;
  logger.info([fault, error.code, describeCauses(error)].filter(Boolean).join(': '));
  const details = {
    redirectHost: hostOf(witness.answer?.location, url),
    proxyStatus: tunnelStatus(error),
  };
  return { ...about, key: keyState(error), failure: { fault, error, ...details } };
}

/** What a failure says about the key. */
function keyState({ code, kind, httpStatus }: ImageGenerationError): ConnectionReport['key'] {
  if (code === 'NoApiKey') return 'missing';
  // That the service names a workspace does not tell whether it looked at the key.
  if (httpStatus === undefined || code.startsWith('Http') || code === 'NOT AUTHORIZED') {
    return 'unknown';
  }
  if (httpStatus === 401) return 'refused';
  // Whom it may not serve or cannot charge, the service has recognised.
  return httpStatus === 403 || kind === 'billing' ? 'accepted' : 'unknown';
}

async function failureOf(request: Promise<unknown>): Promise<ImageGenerationError | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (error instanceof ImageGenerationError) return error;
    throw error;
  }
}

function sortModels(regionId: string, body: unknown): ConnectionReport['models'] {
  const { data: list } = modelListSchema.safeParse(body);
  if (!list) return undefined;
  const ids = new Set(list.data.map(({ id }) => id));
  const inRegion = modelCatalog.filter(({ regions }) => regions.some((id) => id === regionId));
  return {
    listed: inRegion.filter(({ id }) => ids.has(id)),
    unlisted: inRegion.filter(({ id }) => !ids.has(id)),
  };
}

/** Looks at the answers on their way to the transport, which keeps of them only what image generation needs. */
class Witness {
  /** Of the last request; undefined when it had none. */
  answer: AnswerFacts | undefined;
  #copy: Response | undefined;
  readonly #fetch: FetchFunction;

  constructor(fetch: FetchFunction) {
    this.#fetch = fetch;
  }

  readonly fetch: FetchFunction = async (url, init) => {
    this.forget();
    this.answer = undefined;
    const response = await this.#fetch(url, init);
    this.answer = {
      httpStatus: response.status,
      contentType: response.headers.get('content-type') ?? '',
      location: response.headers.get('location') ?? undefined,
    };
    this.#copy = response.clone();
    return response;
  };

  /** The body of an answer that the transport has read and found to be JSON. */
  async readJson(): Promise<unknown> {
    return this.#copy?.json();
  }

  /** Lets go of a body that nobody reads. */
  forget(): void {
    const body = this.#copy?.body;
    this.#copy = undefined;
    if (body && !body.locked) body.cancel().catch(() => {});
  }
}

function hostOf(location: string | undefined, base: URL): string | undefined {
  return location && URL.canParse(location, base.href)
    ? new URL(location, base.href).host
    : undefined;
}

/** Places are checked at the same time; each line of the log says of which it tells. */
function prefixed(logger: Logger, prefix: string): Logger {
  return {
    debug: (message) => logger.debug(`${prefix}: ${message}`),
    info: (message) => logger.info(`${prefix}: ${message}`),
    warn: (message) => logger.warn(`${prefix}: ${message}`),
    error: (message) => logger.error(`${prefix}: ${message}`),
  };
}
