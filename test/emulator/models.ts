import type { ModelRow } from './models/modelRow';
import { qwenModels } from './models/qwenModels';
import { wanModels } from './models/wanModels';
import { wanxModels } from './models/wanxModels';

/** Every model that the emulator serves; a new one is a new row in the file of its family. */
export const models: readonly ModelRow[] = [...qwenModels, ...wanModels, ...wanxModels];
