import { type Cost, costOf } from '../cost/estimate';
import type { GenerationJob } from '../generation/generationJob';
import type { RequestDefaults } from '../settings/requestDefaults';

/** What a job has cost so far: what the service has delivered is paid for. Undefined where no price is known. */
export function jobCost(
  { request, price, state }: GenerationJob,
  requests: Pick<RequestDefaults, 'findModel'>,
): Cost | undefined {
  const delivery = state.status === 'cancelled' ? undefined : state.delivery;
  const model = requests.findModel(request.modelId);
  if (!delivery || !model || !price) return undefined;
  return costOf(model, request, price, delivery);
}
