import type { GenerationService } from '../generation/generationService';
import { cancelJob } from '../ui/cancelJob';

/** What cancelling works with. */
type CancelledJobs = Pick<GenerationService, 'job' | 'cancel' | 'letGo'>;

/** The presses of Cancel that wait for the service's answer. */
export class PanelCancels {
  readonly #waiting = new Set<string>();

  constructor(
    private readonly service: CancelledJobs,
    /** Called for the job with each answer, also when nothing came of it. */
    private readonly onAnswer: (jobId: string) => void,
  ) {}

  has(jobId: string): boolean {
    return this.#waiting.has(jobId);
  }

  /** Resolves when the person has answered what there was to ask. */
  async cancel(jobId: string): Promise<void> {
    const job = this.service.job(jobId);
    if (!job) return;
    this.#waiting.add(jobId);
    const answered = (): void => {
      if (this.#waiting.delete(jobId)) this.onAnswer(jobId);
    };
    try {
      await cancelJob(this.service, job, answered);
    } finally {
      answered();
    }
  }
}
