import { applyStyle } from '../../imageModel/applyStyle';
import type { PageMessage } from '../../shared/pageMessage';
import type { PanelStrings } from '../../shared/pageStrings';
import type { PanelState } from '../../shared/panelProtocol';
import { h, iconButton } from '../dom';
import { asInField, insertPrompt } from './insertPrompt';
import { type Browsing, browse, isUnsentText, leavesText } from './promptHistory';
import { createReplaceQuestion } from './replaceQuestion';
import { createSentPrompt, type SentPrompt } from './sentPrompt';
import { createStyleSelect } from './styleSelect';

/** What these tools and the images ask of the host. */
export type PromptMessage = Extract<
  PageMessage,
  {
    type:
      | 'choosePrompt'
      | 'savePrompt'
      | 'editStyles'
      | 'addImageFile'
      | 'addDroppedFiles'
      | 'addImages';
  }
>;

/** The part of the host's state that is about the prompt. */
export type PromptState = Pick<PanelState, 'styles' | 'stylesHint' | 'prompts'>;

/** What stands around the prompt: its style, saved and earlier prompts, and what is sent in the end. */
export interface PromptTools extends Pick<SentPrompt, 'setRewritten'> {
  setState(state: PromptState): void;
  /** Shows the style, by its id, and what there is to say of the text in the field. */
  show(style: string | null): void;
  setSent(text: string | undefined): void;
  /** Puts a prompt in, in a way that Undo takes back; asks first where a typed one would go. */
  usePrompt(prompt: string, onUse?: () => void): void;
  /** The prompt is on its way, so it is not lost when another one comes. */
  noteSent(prompt: string): void;
  /** What would be sent for a text, by what is known here; the host has the last word. */
  styled(text: string): string;
}

interface PromptToolsParts {
  readonly strings: PanelStrings;
  /** The tools are put under it. */
  readonly control: HTMLTextAreaElement;
  onStyle(style: string | null): void;
  post(message: PromptMessage): void;
  announce(text: string): void;
}

/** Makes the tools of a prompt field, and lets the arrow keys go through earlier prompts in it. */
export function createPromptTools(parts: PromptToolsParts): PromptTools {
  const { strings, control, post } = parts;
  const texts = strings.promptTools;
  let state: PromptState = { styles: [], prompts: { recent: [], saved: [] } };
  let style: string | null = null;
  let browsing: Browsing | undefined;
  /** Sent from here, or put into the field by Easel: nothing that somebody has typed and would miss. */
  const known = new Set<string>();

  const put = (prompt: string, caret: 'start' | 'end'): void => {
    known.add(asInField(prompt).trim());
    insertPrompt(control, prompt, caret);
  };
  /** What comes with the prompt that is asked about. */
  let whenReplaced = (): void => {};
  const question = createReplaceQuestion(strings, {
    onReplace: (prompt) => {
      whenReplaced();
      put(prompt, 'end');
    },
    onKeep: () => control.focus(),
  });
  const sent = createSentPrompt(strings);
  const select = createStyleSelect(texts, {
    onChoose: (chosen) => parts.onStyle(chosen),
    onEdit: () => post({ type: 'editStyles' }),
  });
  const isSaved = (): boolean => state.prompts.saved.includes(control.value.trim());
  const save = iconButton('star', texts.savePrompt, () => {
    const prompt = control.value.trim();
    if (prompt === '') return;
    parts.announce(isSaved() ? texts.promptRemoved : texts.promptSaved);
    post({ type: 'savePrompt', prompt, isSaved: !isSaved() });
  });
  save.classList.add('save-prompt');
  const earlier = iconButton('history', texts.earlierPrompts, () => post({ type: 'choosePrompt' }));
  const row = h('div', { class: 'prompt-tools' }, select.element, save, earlier);
  control.after(row, select.hint, question.element, sent.element);

  const showSaved = (): void => {
    save.setAttribute('aria-pressed', String(isSaved()));
    save.disabled = control.value.trim() === '';
  };
  control.addEventListener('keydown', (event) => {
    const { key } = event;
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
    // While an input method composes, the arrows choose among its words.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const { value: text, selectionStart: start, selectionEnd: end } = control;
    if (!leavesText(key, { text, start, end }, browsing)) return;
    const direction = key === 'ArrowUp' ? 'older' : 'newer';
    const recent = state.prompts.recent.map(asInField);
    const step = browse(browsing, { text, recent, direction });
    if (!step) return;
    event.preventDefault();
    question.show(undefined);
    browsing = step.browsing;
    if (browsing) known.add(step.text.trim());
    // Where the same key goes on from.
    insertPrompt(control, step.text, direction === 'older' ? 'start' : 'end');
  });

  return {
    setState: (next) => {
      state = next;
      select.setStyles(next.styles, next.stylesHint);
      showSaved();
    },
    show: (nextStyle) => {
      style = nextStyle;
      select.setValue(nextStyle);
      showSaved();
    },
    setSent: sent.show,
    setRewritten: sent.setRewritten,
    usePrompt: (prompt, onUse = () => {}) => {
      const { recent, saved } = state.prompts;
      const harmless = new Set([
        ...known,
        ...[...recent, ...saved].map((each) => asInField(each).trim()),
      ]);
      const isSame = control.value.trim() === asInField(prompt).trim();
      if (!isSame && isUnsentText(control.value, harmless)) {
        whenReplaced = onUse;
        question.show(prompt);
      } else {
        question.show(undefined);
        onUse();
        put(prompt, 'end');
      }
    },
    noteSent: (prompt) => {
      known.add(prompt.trim());
      browsing = undefined;
      question.show(undefined);
    },
    styled: (text) => {
      const found = state.styles.find(({ id }) => id === style);
      return found && text.trim() !== '' ? applyStyle(found, text.trim()) : text;
    },
  };
}
