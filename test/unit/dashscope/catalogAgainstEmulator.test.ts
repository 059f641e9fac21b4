import { fail, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { DashScopeProvider } from '../../../src/dashscope/dashScopeProvider';
import { modelCatalog } from '../../../src/dashscope/modelCatalog';
import type { ModelRow } from '../../../src/dashscope/modelRow';
import { ImageGenerationError } from '../../../src/imageModel/errors';
import type { ImageRequest } from '../../../src/imageModel/imageModel';
import { checkRequest } from '../../../src/imageModel/requestRules';
import { inspectImage } from '../../../src/util/inspectImage';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { arbitraryRequest, imageBytes } from './arbitraryRequest';
import { FakeEnvironment, generateWith, modelIn, providerOptions } from './fakeService';

const runsPerModel = 80;

/** Sends the request as it is, without any check of ours; the code of the refusal, or undefined when it was taken. */
async function send(
  emulator: Emulator,
  row: ModelRow,
  regionId: string,
  request: ImageRequest,
): Promise<string | undefined> {
  const environment = new FakeEnvironment((url, init) => globalThis.fetch(url, init));
  const provider = new DashScopeProvider({
    ...providerOptions(environment),
    baseUrlFor: () => emulator.url,
    getApiKey: async () => `sk-${regionId}`,
    timeoutSignal: AbortSignal.timeout,
    readImage: async (uri) => imageBytes(uri),
  });
  const { signal } = new AbortController();
  try {
    await generateWith(modelIn(provider, row.id, regionId), request, { signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof ImageGenerationError)) throw error;
    return `${error.code}: ${error.serviceMessage ?? error.message}`;
  }
}

function inspected(request: ImageRequest): ImageRequest {
  const images = request.images?.map(({ uri }) =>
    uri.startsWith('https:') ? { uri } : { uri, ...inspectImage(imageBytes(uri)) },
  );
  const { mask } = request;
  return {
    ...request,
    ...(images && { images }),
    ...(mask && { mask: { ...mask, ...inspectImage(imageBytes(mask.uri)) } }),
  };
}

const regionIds = [...new Set(modelCatalog.flatMap((row) => row.regions))];
const keys = Object.fromEntries(regionIds.map((regionId) => [`sk-${regionId}`, regionId]));

for (const strictness of ['doc', 'live'] as const) {
  describe(`the catalogue and the emulator (${strictness})`, () => {
    let emulator: Emulator;

    before(async () => {
      emulator = await startEmulator({ keys, strictness });
    });
    after(() => emulator.stop());
    afterEach(() => emulator.reset());

    for (const row of modelCatalog) {
      it(`agree on what ${row.id} takes`, async () => {
        const seen = { taken: 0, warned: 0, refused: 0 };
        const tryRequests = (): Promise<void> =>
          fc.assert(
            fc.asyncProperty(arbitraryRequest(row), async ({ request: given, regionId }) => {
              const request = inspected(given);
              const issues = checkRequest(row, request, regionId);
              const refusal = await send(emulator, row, regionId, request);
              const text = JSON.stringify({ refusal, issues, request });
              if (issues.length === 0 && refusal !== undefined)
                fail(`accepted, but refused: ${text}`);
              const isError = issues.some(({ severity }) => severity === 'error');
              // Nor is anything refused here that the documents allow; the service itself is looser.
              const isLost = isError && refusal === undefined && strictness === 'doc';
              if (isLost) fail(`refused, but accepted: ${text}`);
              seen[isError ? 'refused' : issues.length > 0 ? 'warned' : 'taken'] += 1;
            }),
            { numRuns: runsPerModel },
          );
        await tryRequests();
        // Few requests of some models are taken without a word: chance may have made none.
        for (let tries = 0; tries < 4 && seen.taken === 0; tries++) await tryRequests();
        // Or else the test would show nothing.
        ok(seen.taken > 0 && seen.refused > 0, JSON.stringify(seen));
      });
    }
  });
}
