import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parameterShape } from '../imageModel/parameterSchema';
import { sizeSchema } from '../imageModel/sizeSchema';

/** What is remembered of a model's last request; the seed is not, or every image would be the same. */
const parametersSchema = z.object({
  size: z.optional(sizeSchema),
  count: z.optional(z.number()),
  negativePrompt: z.optional(z.string()),
  ...parameterShape,
});

/** The parameters that a model was last used with. */
export type RememberedParameters = z.infer<typeof parametersSchema>;

const parametersKey = 'easel.parameters';
const promptKey = 'easel.lastPrompt';

/** Remembers parameters per model for the user, and the last prompt per workspace. */
export class ParameterMemory {
  constructor(
    private readonly globalState: vscode.Memento,
    private readonly workspaceState: vscode.Memento,
  ) {}

  parameters(modelId: string): RememberedParameters {
    const parsed = z.safeParse(parametersSchema, this.#all()[modelId]);
    return parsed.success ? parsed.data : {};
  }

  async rememberParameters(modelId: string, parameters: RememberedParameters): Promise<void> {
    await this.globalState.update(parametersKey, { ...this.#all(), [modelId]: parameters });
  }

  get lastPrompt(): string {
    return this.workspaceState.get(promptKey, '');
  }

  async rememberPrompt(prompt: string): Promise<void> {
    await this.workspaceState.update(promptKey, prompt);
  }

  #all(): Record<string, unknown> {
    return this.globalState.get<Record<string, unknown>>(parametersKey, {});
  }
}
