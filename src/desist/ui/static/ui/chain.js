// The keyboard of the chain editor. The page works without it: every key here presses a button or follows a link that
// the page already has, fetches what the server answers, and puts it in place of the editor.

import { UNREACHED, ask } from './reach.js';

const LIMIT = 10000; // milliseconds for an answer
const LETTERS = /^[etfbua]$/i;

function improve(editor, said) {
  let busy = false;
  let wanted = ''; // the field to go to once a link is open for change

  // what the up and down arrows go through: the links and the lines below the parts, in the order of the chain
  const stops = () => [...editor.querySelectorAll('[data-link], form[data-line] [name=words]')];
  const opened = () => editor.querySelector('form[data-change-line]');
  const isLine = (form) => Boolean(form?.matches('form[data-line], form[data-change-line]'));

  // Words that stand in a line and were not sent: they stay in its line.
  const drafts = (sent) => [...editor.querySelectorAll('form[data-line]')]
    .filter((form) => form !== sent && form.elements.words.value)
    .map((form) => ['part', 'words', 'kind', 'intensity'].map((name) => form.elements[name].value));

  async function send(address, options, sent) {
    if (busy) return;
    busy = true;
    said.textContent = '';
    try {
      const { answer, text } = await ask(address, LIMIT, { redirect: 'follow', ...options });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(text, 'text/html');
      const fresh = page.querySelector('[data-chain]');
      if (!fresh) {
        say('Not saved: Desist answered with another page. Your words stay here; open Desist in another tab and sign in, then try again.');
        return;
      }
      replace(fresh, page, sent);
    } catch {
      say(`Not saved: ${UNREACHED}. Your words stay on this page; try again.`);
    } finally {
      busy = false;
    }
  }

  function say(sentence) {
    said.textContent = sentence;
    said.classList.remove('govuk-visually-hidden');
    said.classList.add('govuk-body');
  }

  function replace(fresh, page, sent) {
    const kept = drafts(sent);
    editor.replaceChildren(...fresh.childNodes);
    kept.forEach(([part, words, kind, intensity]) => {
      const { elements } = editor.querySelector(`[data-part=${part}] form[data-line]`);
      elements.words.value = words;
      elements.kind.value = kind;
      elements.intensity.value = intensity;
    });
    const refused = editor.querySelector('.govuk-error-summary');
    const flash = page.querySelector('.desist-notice__text, .moj-alert__content, .govuk-notification-banner__content');
    if (refused) {
      said.textContent = refused.textContent.replace(/\s+/g, ' ').trim();
    } else if (flash) {
      said.textContent = `${flash.textContent.replace(/\s+/g, ' ').trim()} Saved.`;
    }
    focus();
  }

  // A refused line first, then a link that is open for change, then the link or the line that the server names.
  function focus() {
    const wrong = editor.querySelector('.govuk-form-group--error')?.closest('form');
    const form = isLine(wrong) ? wrong : opened();
    const named = editor.querySelector('[data-focus]');
    if (form) form.elements[wanted === 'skill' ? 'skill_code' : 'words'].focus();
    else (named?.elements?.words ?? named ?? stops()[0]).focus();
    wanted = '';
    editor.querySelectorAll('[data-link]:not(.chain-card--changing)').forEach((card) => { card.draggable = true; });
  }

  function post(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    send(button?.getAttribute('formaction') ?? form.getAttribute('action'), { method: 'POST', body }, form);
  }

  editor.addEventListener('submit', (event) => {
    event.preventDefault();
    post(event.target, event.submitter);
  });

  editor.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-change]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    wanted = link.hasAttribute('data-skill') ? 'skill' : '';
    send(link.href);
  });

  let dragged;
  editor.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('[data-link]');
    event.dataTransfer.setData('text/plain', ''); // Firefox drags nothing without it
  });
  editor.addEventListener('dragend', () => { dragged = undefined; });
  editor.addEventListener('dragover', (event) => { if (dragged && event.target.closest('[data-part]')) event.preventDefault(); });
  editor.addEventListener('drop', (event) => {
    const part = event.target.closest('[data-part]');
    if (!dragged || !part) return;
    event.preventDefault();
    // Dropped on the upper half of a link it goes above that link, anywhere else in the part behind what is above.
    const above = [...part.querySelectorAll('[data-link]')].filter((card) => {
      const { top, height } = card.getBoundingClientRect();
      return card !== dragged && top + height / 2 < event.clientY;
    });
    const form = editor.querySelector('#chain-moves');
    const body = new URLSearchParams(new FormData(form));
    body.set('place', dragged.dataset.link);
    body.set('into', part.dataset.part);
    body.set('behind', above.at(-1)?.dataset.link ?? '');
    send(form.getAttribute('action'), { method: 'POST', body });
  });

  editor.addEventListener('keydown', (event) => {
    if (isLine(event.target.form)) inLine(event);
    else if (event.target.matches('[data-link]')) onCard(event);
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !event.target.matches('input, textarea')) {
      const undo = editor.querySelector('form[data-undo]');
      if (undo) {
        event.preventDefault();
        post(undo);
      }
    }
  });

  function inLine(event) {
    const { words, kind, intensity } = event.target.form.elements;
    if (event.target === kind && LETTERS.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const chosen = [...kind.options].find((option) => option.text.toLowerCase().startsWith(event.key.toLowerCase()));
      event.preventDefault();
      kind.value = chosen.value;
      intensity.focus();
    } else if (event.target === intensity && /^[0-5]$/.test(event.key)) {
      event.preventDefault();
      intensity.value = event.key;
    } else if (event.key === 'Enter' && event.target.matches('select')) {
      event.preventDefault();
      post(event.target.form);
    } else if (event.target === words && ['ArrowUp', 'ArrowDown'].includes(event.key) && !event.altKey) {
      event.preventDefault();
      step(words, event.key === 'ArrowUp' ? -1 : 1);
    }
  }

  function step(from, by) {
    stops()[stops().indexOf(from) + by]?.focus();
  }

  function onCard(event) {
    const card = event.target;
    const press = (name) => card.querySelector(`button[name=${name}]`);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && event.altKey) {
      event.preventDefault();
      const button = press(by < 0 ? 'up' : 'down');
      if (button) post(button.form, button);
      else said.textContent = 'The link is already at the end of the chain.';
    } else if (by) {
      event.preventDefault();
      step(card, by);
    } else if (event.key === 'Enter' || event.key.toLowerCase() === 's') {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      wanted = event.key === 'Enter' ? '' : 'skill';
      send(card.querySelector('a[data-change]').href);
    } else if (event.key.toLowerCase() === 'b' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      send(card.querySelector('a[data-below]').href);
    } else if (event.key === 'Delete') {
      event.preventDefault();
      post(press('link').form, press('link'));
    }
  }

  focus();
}

export function start(scope) {
  const editor = scope.querySelector('[data-chain]');
  if (editor) improve(editor, scope.querySelector('[data-chain-said]'));
}
