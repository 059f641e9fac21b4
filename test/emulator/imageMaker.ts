import { createHash } from 'node:crypto';
import type { Fault } from './faults';
import type { ImageOrder } from './imageOrder';
import type { LedgerEntry } from './records';
import type { ResultShelf } from './resultServer';
import type { Settings } from './settings';
import type { ImageOutcome } from './taskBoard';

/** What making images needs. */
export interface MakerParts {
  readonly settings: Readonly<Settings>;
  readonly shelf: ResultShelf;
  /** Known once the result origin listens. */
  readonly resultUrl: () => string;
  readonly now: () => number;
}

/** Makes images: puts them on the shelf, and on the bill. */
export class ImageMaker {
  #ledger: LedgerEntry[] = [];

  constructor(private readonly parts: MakerParts) {}

  /** Every image that was made, the oldest first. */
  ledger(): LedgerEntry[] {
    return [...this.#ledger];
  }

  clear(): void {
    this.#ledger = [];
  }

  /** Makes all images of an order, but for those that a fault spoils. */
  make(
    order: ImageOrder,
    requestId: string,
    taskId: string | undefined,
    fault: Fault | undefined,
  ): ImageOutcome[] {
    const failed = fault?.kind === 'partial' ? fault.failed : 0;
    return Array.from({ length: order.count }, (_, index): ImageOutcome => {
      if (fault?.kind === 'partial' && index >= order.count - failed) {
        return {
          code: fault.code ?? 'DataInspectionFailed',
          message: fault.message ?? 'Output data may contain inappropriate content.',
        };
      }
      return { url: this.#makeOne(order, index, requestId, taskId) };
    });
  }

  #makeOne(order: ImageOrder, index: number, requestId: string, taskId?: string): string {
    const { shelf, settings, now, resultUrl } = this.parts;
    const { model, prompt, size, watermark, margins } = order;
    const seed = order.seed + index;
    const inputs = order.inputs.map(({ address, file }) => ({
      id: createHash('md5')
        .update(file?.bytes ?? address)
        .digest('hex'),
      ...(file ? { bytes: file.bytes } : {}),
    }));
    const description = {
      ...{ prompt, model, ...size, seed, inputs, margins },
      ...(watermark ? { watermark } : {}),
      ...(settings.imageBytes > 0 ? { bytes: settings.imageBytes } : {}),
    };
    const url = resultUrl() + shelf.add(requestId, index, description, settings.resultLifetimeMs);
    this.#ledger.push({
      time: new Date(now()).toISOString(),
      model,
      size: `${size.width}*${size.height}`,
      n: order.count,
      index,
      requestId,
      ...(taskId ? { taskId } : {}),
      prompt,
      seed,
      ...(inputs.length > 0 ? { inputImages: inputs.length } : {}),
      url,
    });
    return url;
  }
}
