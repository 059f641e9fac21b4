import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { Draft, DraftIssue, PanelStrings } from '../shared/panelProtocol';
import { createCheckField } from './checkField';
import { createChoiceField } from './choiceField';
import { createCountField } from './countField';
import { h, icon, setAttribute, setText } from './dom';
import { switchModel } from './draft';
import { createSeedField } from './seedField';
import { createSizeField } from './sizeField';
import { issueOf } from './store';
import { createTextField } from './textField';

/** The form that a prompt and its parameters are typed into. */
export interface PromptForm {
  readonly element: HTMLElement;
  setModels(models: readonly ModelDescriptor[], regionLabel: string): void;
  /** Fills every field; the draft must fit one of the models. */
  fill(draft: Draft): void;
  /** Shows what is wrong; `isCurrent` says that it is about the draft as it is now, so that errors may block. */
  setIssues(issues: readonly DraftIssue[], isCurrent: boolean): void;
  /** Puts a prompt in, in a way that Undo takes back. */
  usePrompt(prompt: string): void;
  /** Steps back where something else has to be done first. */
  setSecondary(isSecondary: boolean): void;
  openMoreOptions(): void;
}

interface PromptFormParts {
  readonly strings: PanelStrings;
  readonly language: string;
  readonly isMac: boolean;
  onChange(draft: Draft): void;
  onMoreOptions(isOpen: boolean): void;
  onGenerate(draft: Draft): void;
}

/** Makes the form; it owns the draft. */
export function createPromptForm(parts: PromptFormParts): PromptForm {
  const { strings, language } = parts;
  let models: readonly ModelDescriptor[] = [];
  let draft: Draft | undefined;
  let issues: readonly DraftIssue[] = [];
  let areIssuesCurrent = false;
  /** An empty prompt is an error only after somebody has tried to generate with it. */
  let hasTried = false;

  const change = (values: Partial<Draft>): void => {
    if (!draft) return;
    draft = { ...draft, ...values };
    areIssuesCurrent = false;
    showBlocked();
    parts.onChange(draft);
  };

  const region = h('span', { class: 'aside' });
  const prompt = createTextField({
    name: 'prompt',
    label: strings.prompt,
    placeholder: strings.promptPlaceholder,
    strings,
    language,
    onInput: (text) => change({ prompt: text }),
  });
  const negativePrompt = createTextField({
    name: 'negativePrompt',
    label: strings.negativePrompt,
    placeholder: strings.negativePromptPlaceholder,
    strings,
    language,
    onInput: (text) => change({ negativePrompt: text }),
  });
  const model = createChoiceField({ name: 'model', label: strings.model, aside: region }, (id) => {
    const next = models.find((candidate) => candidate.id === id);
    if (!draft || !next) return;
    const from = models.find((candidate) => candidate.id === draft?.modelId);
    fill(switchModel(draft, from, next));
    change({});
  });
  const size = createSizeField(strings, (value) => change({ size: value }));
  const count = createCountField(strings, (value) => change({ count: value }));
  const seed = createSeedField(strings, (value) => change({ seed: value }));
  const style = createChoiceField({ name: 'style', label: strings.style }, (value) =>
    change({ style: value }),
  );
  const promptExtend = createCheckField(
    { name: 'promptExtend', label: strings.promptExtend, hint: strings.promptExtendHint },
    (checked) => change({ promptExtend: checked }),
  );
  const watermark = createCheckField({ name: 'watermark', label: strings.watermark }, (checked) =>
    change({ watermark: checked }),
  );
  const fields = {
    prompt,
    negativePrompt,
    model,
    size,
    count,
    seed,
    style,
    promptExtend,
    watermark,
  };

  const more = h(
    'details',
    { class: 'more' },
    h('summary', {}, icon('chevron'), h('span', {}, strings.moreOptions)),
    h(
      'div',
      { class: 'more-fields' },
      style.element,
      negativePrompt.element,
      promptExtend.element,
      watermark.element,
    ),
  );
  more.addEventListener('toggle', () => parts.onMoreOptions(more.open));

  const reason = h('p', { id: 'generate-reason', class: 'visually-hidden' });
  const key = parts.isMac ? strings.generateKeyMac : strings.generateKey;
  const generateButton = h(
    'button',
    {
      type: 'button',
      class: 'button primary generate',
      'aria-keyshortcuts': parts.isMac ? 'Meta+Enter' : 'Control+Enter',
      'aria-describedby': reason.id,
    },
    h('span', {}, strings.generate),
    h('span', { class: 'key', 'aria-hidden': 'true' }, key),
  );
  // The second click of a double click would buy the images twice.
  generateButton.addEventListener('click', ({ detail }) => detail < 2 && generate());

  const element = h(
    'section',
    { class: 'form', 'aria-label': strings.formTitle },
    h(
      'div',
      { class: 'fields' },
      h('h2', { class: 'visually-hidden' }, strings.formTitle),
      prompt.element,
      model.element,
      size.element,
      h('div', { class: 'pair' }, count.element, seed.element),
      more,
    ),
    h('div', { class: 'generate-bar' }, generateButton, reason),
  );
  element.addEventListener('keydown', (event) => {
    // While an input method composes, Enter belongs to it; 229 is how some of them report the key that ends it.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) generate();
  });

  const blockedBy = (): keyof typeof fields | undefined => {
    if (!draft || draft.prompt.trim() === '') return 'prompt';
    if (!areIssuesCurrent) return undefined;
    return issues.find(({ severity }) => severity === 'error')?.field;
  };
  const blockedReason = (field: keyof typeof fields | undefined): string => {
    if (!field) return '';
    if (field === 'prompt' && !draft?.prompt.trim()) return strings.promptNeeded;
    return issueOf(issues, field)?.text ?? '';
  };
  const showBlocked = (): void => {
    const field = blockedBy();
    const text = blockedReason(field);
    setAttribute(generateButton, 'aria-disabled', field && 'true');
    setAttribute(generateButton, 'title', text || undefined);
    setText(reason, text);
    prompt.setIssue(promptIssue());
  };
  const promptIssue = (): DraftIssue | undefined => {
    if (draft?.prompt.trim()) {
      const known = issueOf(issues, 'prompt');
      return areIssuesCurrent || known?.severity === 'warning' ? known : undefined;
    }
    if (!hasTried) return undefined;
    return { severity: 'error', field: 'prompt', text: strings.promptNeeded };
  };
  const generate = (): void => {
    const field = blockedBy();
    if (!draft) return;
    hasTried = true;
    if (!field) {
      parts.onGenerate(draft);
      return;
    }
    showBlocked();
    if (more.contains(fields[field].element)) more.open = true;
    const { control } = fields[field];
    const target = control.matches('input, textarea, select')
      ? control
      : control.querySelector('input');
    target?.focus();
    fields[field].element.scrollIntoView({ block: 'nearest' });
  };

  const fill = (next: Draft): void => {
    draft = next;
    const shown = models.find(({ id }) => id === next.modelId);
    if (!shown) return;
    showModel(shown);
    model.setValue(next.modelId);
    prompt.setValue(next.prompt);
    negativePrompt.setValue(next.negativePrompt);
    size.setValue(next.size);
    count.setValue(next.count);
    seed.setValue(next.seed);
    promptExtend.control.checked = next.promptExtend;
    watermark.control.checked = next.watermark;
    style.setValue(next.style);
    showBlocked();
  };
  /** Only what the model has is there. */
  const showModel = (shown: ModelDescriptor): void => {
    prompt.setLimit(shown.promptLimit);
    size.setModel(shown);
    count.setMax(shown.maxImagesPerCall);
    seed.setRange(shown.seed);
    if (shown.negativePromptLimit) negativePrompt.setLimit(shown.negativePromptLimit);
    const { styles = [], promptExtendDefault } = shown;
    style.setChoices(styles.map((value) => ({ value, label: strings.styleNames[value] ?? value })));
    setAttribute(negativePrompt.element, 'hidden', !shown.negativePromptLimit);
    setAttribute(style.element, 'hidden', styles.length === 0);
    setAttribute(promptExtend.element, 'hidden', promptExtendDefault === undefined);
    setAttribute(watermark.element, 'hidden', !shown.watermark);
    const isEmpty = [...(more.lastElementChild?.children ?? [])].every((child) =>
      child.hasAttribute('hidden'),
    );
    setAttribute(more, 'hidden', isEmpty);
  };

  return {
    element,
    setModels: (next, regionLabel) => {
      models = next;
      model.setChoices(next.map(({ id, label, family }) => ({ value: id, label, group: family })));
      if (draft) model.setValue(draft.modelId);
      setText(region, regionLabel);
    },
    fill: (next) => {
      hasTried = false;
      fill(next);
    },
    setIssues: (next, isCurrent) => {
      issues = next;
      areIssuesCurrent = isCurrent;
      for (const [name, field] of Object.entries(fields)) {
        // The keys of `fields` are the names of the draft's fields.
        field.setIssue(issueOf(next, name as keyof typeof fields));
      }
      showBlocked();
    },
    usePrompt: (text) => {
      prompt.control.focus();
      prompt.control.select();
      // Deprecated, yet the only way to change a text so that Ctrl+Z takes it back.
      document.execCommand('insertText', false, text);
    },
    setSecondary: (isSecondary) => {
      generateButton.classList.toggle('primary', !isSecondary);
      generateButton.classList.toggle('secondary', isSecondary);
    },
    openMoreOptions: () => {
      more.open = true;
    },
  };
}
