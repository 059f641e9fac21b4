// What VS Code calls for --extensionTestsPath. It takes the tests that lie beside it once it is built, which are those of
// this folder.
export { run } from '../integration/index';
