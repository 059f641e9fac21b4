import { unmetCondition } from '../imageModel/conditions';
import type { RequestField } from '../imageModel/requestRules';
import type { PanelStrings } from '../shared/pageStrings';
import type { Draft, DraftIssue, PanelInput, PanelModel } from '../shared/panelProtocol';
import { createCountField } from './countField';
import { h, icon, setAttribute } from './dom';
import { changeDraft, fitDraft, rulesOf, subjectOf, switchModel } from './draft';
import { withAdded, withImages } from './draftImages';
import { withParameter } from './draftParameters';
import type { Field } from './field';
import { createGenerateBar } from './generateBar';
import { createInputsField } from './inputsField';
import { createModelField } from './modelField';
import { createParameterGroups } from './parameterGroups';
import { acceptImages } from './prompt/imageDrops';
import { createPromptTools, type PromptMessage, type PromptState } from './prompt/promptTools';
import { createSeedField } from './seedField';
import { createSizeField } from './sizeField';
import { issueOf } from './store';
import { createTextField } from './textField';

/** The form that a prompt and its parameters are typed into. */
export interface PromptForm {
  readonly element: HTMLElement;
  /** Shows what the host offers; the draft must fit one of the models. */
  setModels(models: readonly PanelModel[], regionLabel: string): void;
  /** What is known of the input images that the draft may name. */
  setInputs(inputs: readonly PanelInput[]): void;
  /** Fills every field; the draft must fit one of the models. */
  fill(draft: Draft): void;
  /** Adds input images as far as the model takes them. */
  addInputs(target: 'images' | 'mask', inputs: readonly PanelInput[]): void;
  /** Shows what is wrong; `isCurrent` says that it is about the draft as it is now, so that errors may block. */
  setIssues(issues: readonly DraftIssue[], isCurrent: boolean): void;
  /** Shows what the draft as it is now will cost. */
  setCost(costText: string | undefined): void;
  /** What the host knows of styles and of earlier prompts. */
  setPromptState(state: PromptState): void;
  /** Shows what will be sent for the draft as it is now; undefined where that is just what was typed. */
  setSent(sentPrompt: string | undefined): void;
  /** Puts a prompt in, in a way that Undo takes back; asks before it replaces one that was typed and not sent. */
  usePrompt(prompt: string): void;
  /** Fills every field, the prompt as `usePrompt` does. */
  reuse(draft: Draft): void;
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
  onChooseInputs(target: 'images' | 'mask'): void;
  onOtherModel(): void;
  post(message: PromptMessage): void;
  /** Has it read aloud. */
  announce(text: string): void;
}

/** What no price depends on: it stays in view while a text is typed. */
const freeFields: ReadonlySet<string> = new Set<keyof Draft>([
  'prompt',
  'style',
  'negativePrompt',
  'seed',
]);

function isFree(values: Partial<Draft>): boolean {
  const names = Object.keys(values);
  return names.length > 0 && names.every((name) => freeFields.has(name));
}

/** Makes the form; it owns the draft. */
export function createPromptForm(parts: PromptFormParts): PromptForm {
  const { strings, language } = parts;
  let models: readonly PanelModel[] = [];
  let inputs: readonly PanelInput[] = [];
  let draft: Draft | undefined;
  let issues: readonly DraftIssue[] = [];
  let areIssuesCurrent = false;
  /** What is still empty is an error only after somebody has tried to generate with it. */
  let hasTried = false;

  const modelOf = (id: string | undefined): PanelModel | undefined =>
    models.find((candidate) => candidate.id === id);
  const change = (values: Partial<Draft>): void => {
    const own = modelOf(draft?.modelId);
    if (!draft || !own) return;
    draft = changeDraft(draft, values, own);
    areIssuesCurrent = false;
    if (!isFree(values)) bar.hideCost();
    show();
    parts.onChange(draft);
  };

  const text = (name: 'prompt' | 'negativePrompt', placeholder: string) =>
    createTextField({
      ...{ name, placeholder, strings, language },
      label: strings[name],
      ...(name === 'prompt' && { counted: (typed) => tools.styled(typed) }),
      onInput: (typed) => change({ [name]: typed }),
    });
  const prompt = text('prompt', strings.promptPlaceholder);
  const negativePrompt = text('negativePrompt', strings.negativePromptPlaceholder);
  const tools = createPromptTools({
    ...{ strings, control: prompt.control, post: parts.post, announce: parts.announce },
    onStyle: (style) => {
      tools.setSent(undefined);
      change({ style });
    },
  });
  const model = createModelField(strings, {
    onChoose: (id) => {
      const next = modelOf(id);
      if (!draft || !next) return;
      draft = switchModel(draft, modelOf(draft.modelId), next);
      change({});
    },
    onOther: parts.onOtherModel,
  });
  const images = createInputsField({
    ...{ name: 'images', label: strings.images, addLabel: strings.addImage, strings },
    hint: strings.promptTools.dropHint,
    onAdd: () => parts.onChooseInputs('images'),
    onChange: (ids) => draft && change(withImages(draft, ids)),
  });
  const mask = createInputsField({
    ...{ name: 'mask', label: strings.mask, addLabel: strings.addMask, strings },
    onAdd: () => parts.onChooseInputs('mask'),
    onChange: ([id = null]) => change({ mask: id }),
  });
  const size = createSizeField(strings, (value) => change({ size: value }));
  const count = createCountField(strings, (value) => change({ count: value }));
  const seed = createSeedField(strings, (value) => change({ seed: value }));
  const parameters = createParameterGroups({ strings, language }, (name, value) => {
    if (draft) change({ parameters: withParameter(draft.parameters, name, value) });
  });
  const fields: Readonly<Record<RequestField, Pick<Field, 'element' | 'control' | 'setIssue'>>> = {
    ...{ prompt, negativePrompt, model, images, mask, size, count, seed },
    ...parameters.fields,
  };

  const moreFields = h('div', { class: 'more-fields' }, negativePrompt.element, parameters.others);
  const more = h(
    'details',
    { class: 'more' },
    h('summary', {}, icon('chevron'), h('span', {}, strings.moreOptions)),
    moreFields,
  );
  more.addEventListener('toggle', () => parts.onMoreOptions(more.open));
  const bar = createGenerateBar(strings, parts.isMac, () => generate());
  const element = h(
    'section',
    { class: 'form', 'aria-label': strings.formTitle },
    h(
      'div',
      { class: 'fields' },
      h('h2', { class: 'visually-hidden' }, strings.formTitle),
      prompt.element,
      model.element,
      parameters.first,
      images.element,
      mask.element,
      parameters.main,
      size.element,
      h('div', { class: 'pair' }, count.element, seed.element),
      more,
    ),
    bar.element,
  );
  acceptImages({
    ...{ form: element, mask: mask.element, strings: strings.promptTools, post: parts.post },
    takesImages: () => !images.element.hasAttribute('hidden'),
    onRefused: (text) => images.setIssue({ severity: 'warning', field: 'images', text }),
  });
  element.addEventListener('keydown', (event) => {
    // While an input method composes, Enter belongs to it; 229 is how some of them report the key that ends it.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) generate();
  });

  const blockedBy = (): RequestField | undefined => {
    if (!draft || draft.prompt.trim() === '') return 'prompt';
    if (!areIssuesCurrent) return undefined;
    return issues.find(({ severity }) => severity === 'error')?.field;
  };
  const blockedReason = (field: RequestField | undefined): string => {
    if (!field) return '';
    if (field === 'prompt' && !draft?.prompt.trim()) return strings.promptNeeded;
    return issueOf(issues, field)?.text ?? '';
  };
  const showBlocked = (): void => {
    bar.setReason(blockedReason(blockedBy()));
    if (!draft) return;
    prompt.setIssue(promptIssue(draft));
    images.setIssue(unlessEmpty('images', draft.images.length === 0));
    mask.setIssue(unlessEmpty('mask', draft.mask === null));
  };
  const promptIssue = (shown: Draft): DraftIssue | undefined => {
    if (shown.prompt.trim()) return unlessEmpty('prompt', false);
    if (!hasTried) return undefined;
    return { severity: 'error', field: 'prompt', text: strings.promptNeeded };
  };
  /** What may be mended already is no longer an error. */
  const unlessEmpty = (field: RequestField, isEmpty: boolean): DraftIssue | undefined => {
    const known = isEmpty && !hasTried ? undefined : issueOf(issues, field);
    return areIssuesCurrent || known?.severity === 'warning' ? known : undefined;
  };
  const generate = (): void => {
    const field = blockedBy();
    if (!draft) return;
    hasTried = true;
    if (!field) {
      hasTried = false;
      tools.noteSent(draft.prompt);
      parts.onGenerate(draft);
      return;
    }
    showBlocked();
    if (more.contains(fields[field].element)) more.open = true;
    const { control } = fields[field];
    const wanted = 'input, textarea, select, button';
    const target = control.matches(wanted)
      ? control
      : [...control.querySelectorAll<HTMLElement>(wanted)].find((each) => each.checkVisibility());
    target?.focus();
    fields[field].element.scrollIntoView({ block: 'nearest' });
  };

  /** Only what the model has and what applies is there. */
  const show = (): void => {
    const own = modelOf(draft?.modelId);
    if (!draft || !own) return;
    const rules = rulesOf(own, draft);
    const named = draft.images.map(inputOf);
    const isStory = draft.parameters.sequential === true && own.parameters.sequential !== undefined;
    model.show(own);
    prompt.setValue(draft.prompt);
    tools.show(draft.style ?? null);
    tools.setRewritten(draft.prompt.trim() !== '' && isExtended(own, draft));
    prompt.setLimit(own.promptLimit);
    if (own.negativePromptLimit) negativePrompt.setLimit(own.negativePromptLimit);
    negativePrompt.setValue(draft.negativePrompt);
    setAttribute(negativePrompt.element, 'hidden', !own.negativePromptLimit);
    images.show(named, rules.images?.max ?? 0);
    setAttribute(images.element, 'hidden', !rules.images);
    mask.show(draft.mask === null ? [] : [inputOf(draft.mask)], 1);
    const hasMask = own.maskWhen && !unmetCondition(own.maskWhen, subjectOf(own, draft));
    setAttribute(mask.element, 'hidden', !hasMask);
    size.setRules(rules, named.length > 0 && rules.images !== undefined);
    size.setValue(draft.size);
    count.setMax(rules.maxImagesPerCall, isStory);
    count.setValue(draft.count);
    seed.setRange(own.seed);
    seed.setValue(draft.seed);
    parameters.show(own, draft, named);
    const isEmpty = [...moreFields.children].every((child) => child.hasAttribute('hidden'));
    setAttribute(more, 'hidden', isEmpty);
    showBlocked();
  };
  const inputOf = (id: string): PanelInput =>
    inputs.find((input) => input.id === id) ?? { id, name: '' };

  return {
    element,
    setModels: (next, regionLabel) => {
      models = next;
      model.setModels(next, regionLabel);
      show();
    },
    setInputs: (next) => {
      inputs = next;
      show();
    },
    fill: (next) => {
      hasTried = false;
      draft = next;
      bar.hideCost();
      show();
    },
    addInputs: (target, added) => {
      const own = modelOf(draft?.modelId);
      if (!draft || !own) return;
      const ids = added.map(({ id }) => id);
      change(withAdded(draft, own, target, ids));
      const { element: field } = target === 'images' ? images : mask;
      field.scrollIntoView({ block: 'nearest' });
    },
    setIssues: (next, isCurrent) => {
      issues = next;
      areIssuesCurrent = isCurrent;
      for (const [name, field] of Object.entries(fields)) {
        // The keys of `fields` are the names of the draft's fields.
        field.setIssue(issueOf(next, name as RequestField));
      }
      showBlocked();
    },
    setCost: bar.setCost,
    setPromptState: (state) => {
      tools.setState(state);
      show();
    },
    setSent: tools.setSent,
    usePrompt: (typed) => tools.usePrompt(typed),
    reuse: (next) => {
      const [first, ...others] = models;
      if (!first) return;
      const fitted = fitDraft(next, [first, ...others]);
      const { style = null, negativePrompt: other } = fitted;
      const { style: ownStyle = null, negativePrompt: own = '' } = draft ?? {};
      // The texts stay until it is known whether they may go; the prompt then goes in a way that can be undone.
      const typed = { prompt: prompt.control.value, style: ownStyle, negativePrompt: own };
      draft = { ...fitted, ...typed };
      tools.setSent(undefined);
      change({});
      tools.usePrompt(fitted.prompt, () => change({ style, negativePrompt: other }));
    },
    setSecondary: bar.setSecondary,
    openMoreOptions: () => {
      more.open = true;
    },
  };
}

/** Whether the service will write the prompt anew. */
function isExtended(model: PanelModel, draft: Draft): boolean {
  const spec = model.parameters.promptExtend;
  if (!spec || unmetCondition(spec.when, subjectOf(model, draft))) return false;
  const { promptExtend = 'default' in spec ? spec.default : false } = draft.parameters;
  return promptExtend === true;
}
