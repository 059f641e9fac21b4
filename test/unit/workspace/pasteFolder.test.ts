// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates of the settings look like TypeScript's
import assert from 'node:assert/strict';
import { pasteExtensions, pasteFolderTemplate } from '../../../src/workspace/pasteFolder';

describe('the folder of pasted images', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['pasteImage', '${currentFileDir}', '${documentDirName}'],
    ['pasteImage', '${currentFileDir}/img', '${documentDirName}/img'],
    ['pasteImage', '${projectRoot}/source/img', 'source/img'],
    ['pasteImage', '${projectRoot}/', '.'],
    ['pasteImage', '${projectRoot}/img/${currentFileNameWithoutExt}', 'img/${documentBaseName}'],
    ['pasteImage', '${currentFileName}.assets', '${documentDirName}/${documentFileName}.assets'],
    ['pasteImage', 'img', '${documentDirName}/img'],
    ['pasteImage', './images/', '${documentDirName}/images'],
    ['pasteImage', '../images', '${documentDirName}/../images'],
    ['pasteImage', '.', '${documentDirName}'],
    ['pasteImage', '..\\images', '${documentDirName}/../images'],
    ['pasteImage', '', undefined],
    ['pasteImage', '/Users/me/Pictures', undefined],
    ['pasteImage', 'C:\\Pictures', undefined],
    ['pasteImage', '~/Pictures', undefined],
    ['pasteImage', '${workspaceFolder}/img', undefined],
    [
      'MarkdownPaste',
      '${fileDirname}/${fileBasenameNoExtension}',
      '${documentDirName}/${documentBaseName}',
    ],
    ['MarkdownPaste', '${workspaceRoot}/docs/img', 'docs/img'],
    ['MarkdownPaste', '${workspaceFolder}/docs/img', 'docs/img'],
    [
      'MarkdownPaste',
      '${fileWorkspaceFolder}/a/${relativeFileDirname}',
      'a/${documentRelativeDirName}',
    ],
    ['MarkdownPaste', './../images/2021', '${documentDirName}/../images/2021'],
    ['MarkdownPaste', '${workspaceRoot}/${datetime|yyyy}', undefined],
    ['MarkdownPaste', '${workspaceRoot}/${uuid}', undefined],
    ['MarkdownPaste', '${workspaceRoot}/${relativeFileDirname|-1}', undefined],
  ];
  for (const [section, path, template] of cases) {
    it(`${JSON.stringify(path)} of ${section} is ${template ?? 'not for Easel'}`, () => {
      const extension = pasteExtensions.find((each) => each.section === section);
      assert.equal(pasteFolderTemplate(path, extension?.variables ?? {}), template);
    });
  }
});
