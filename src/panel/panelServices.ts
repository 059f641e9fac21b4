import type { GenerationJob } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import type { History } from '../history/history';
import type { Thumbnails } from '../history/thumbnails';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { ApiKeyStore } from '../settings/apiKeyStore';
import type { ParameterMemory } from '../settings/parameterMemory';
import type { PriceList } from '../settings/priceList';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import type { Styles } from '../settings/styles';
import type { ErrorNotifier } from '../ui/errorNotifier';
import type { ImageActions } from '../ui/imageActions';
import type { Logger } from '../util/logger';
import type { AssetsFolder } from '../workspace/assetsFolder';
import type { InputFiles } from '../workspace/inputFiles';
import type { JobStarter } from '../workspace/jobStarter';
import type { DraftMemory } from './drafts';
import type { FillDesk } from './fill/fillDesk';
import type { GitVersions } from './gitVersions';
import type { InputShelf } from './inputShelf';
import type { PastedImages } from './pastedImages';
import type { SavedPrompts } from './savedPrompts';

/** What the panel works with; the same for every panel. */
export interface PanelServices {
  readonly settings: Settings;
  readonly apiKeys: ApiKeyStore;
  readonly memory: ParameterMemory;
  readonly requests: RequestDefaults;
  readonly models: readonly ModelDescriptor[];
  readonly starter: JobStarter;
  readonly folders: AssetsFolder;
  readonly service: GenerationService;
  readonly history: History;
  readonly thumbnails: Thumbnails;
  readonly drafts: DraftMemory;
  readonly shelf: InputShelf;
  readonly inputs: InputFiles;
  readonly prices: PriceList;
  readonly versions: GitVersions;
  readonly styles: Styles;
  readonly savedPrompts: SavedPrompts;
  readonly pastedImages: PastedImages;
  readonly actions: ImageActions;
  readonly notifier: ErrorNotifier;
  readonly logger: Logger;
  readonly follower: JobTeller;
  readonly fill: FillDesk;
}

interface JobTeller {
  /** Waits for the job's end and links its images, without a word; see `JobFollower`. */
  followQuietly(
    jobId: string,
    linksLater?: boolean,
  ): Promise<{ readonly job: GenerationJob; readonly isLinkMissing: boolean }>;
  /** Says how a job ended that nobody is looking at. */
  tell(job: GenerationJob): Promise<void>;
}
