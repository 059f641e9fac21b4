import { mainScript } from './mainScript';
import { packageExtension } from './vsix';

// npm run package

mainScript(async () => {
  await packageExtension();
});
