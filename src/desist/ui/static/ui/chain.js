// The keyboard of the chain editor. The page works without it: every key here presses a button or follows a link that
// the page already has, fetches what the server answers, and puts it in place of the editor.

import { UNREACHED, ask } from './reach.js';

const LIMIT = 10000; // milliseconds for an answer
const LETTERS = /^[etfbua]$/i;

function improve(editor, said) {
  let busy = false;
  let wanted = ''; // the field to go to once a link is open for change

  const cards = () => [...editor.querySelectorAll('[data-link]')];
  const line = () => editor.querySelector('form[data-line]');
  const words = () => line().elements.words;

  async function send(address, options) {
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
      replace(fresh, page);
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

  function replace(fresh, page) {
    editor.replaceChildren(...fresh.childNodes);
    const refused = editor.querySelector('.govuk-error-summary');
    const flash = page.querySelector('.desist-notice__text, .moj-alert__content, .govuk-notification-banner__content');
    if (refused) {
      said.textContent = refused.textContent.replace(/\s+/g, ' ').trim();
    } else if (flash) {
      said.textContent = `${flash.textContent.replace(/\s+/g, ' ').trim()} Saved.`;
    }
    const focused = editor.querySelector('[data-focus]');
    const changing = editor.querySelector('.chain-card--changing');
    if (refused || changing || !focused) words().focus();
    else focused.focus();
    if (changing && wanted === 'skill') line().elements.skill.focus();
    wanted = '';
  }

  function post(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    send(button?.getAttribute('formaction') ?? form.getAttribute('action'), { method: 'POST', body });
  }

  editor.addEventListener('submit', (event) => {
    event.preventDefault();
    post(event.target, event.submitter);
  });

  editor.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-change]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    send(link.href);
  });

  editor.addEventListener('keydown', (event) => {
    if (event.target.form === line()) inLine(event);
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
    const { kind, intensity } = line().elements;
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
      post(line());
    } else if (event.key === 'ArrowUp' && event.target === words() && cards().length) {
      event.preventDefault();
      cards().at(-1).focus();
    }
  }

  function onCard(event) {
    const card = event.target;
    const press = (name) => card.querySelector(`button[name=${name}]`);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.altKey) {
      event.preventDefault();
      const button = press(step < 0 ? 'up' : 'down');
      if (button) post(button.form, button);
      else said.textContent = 'The link already stands at the end of its part.';
    } else if (step) {
      event.preventDefault();
      (cards()[cards().indexOf(card) + step] ?? (step > 0 ? words() : card)).focus();
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

  if (!editor.querySelector('[data-focus]')) words().focus();
}

export function start(scope) {
  const editor = scope.querySelector('[data-chain]');
  if (editor) improve(editor, scope.querySelector('[data-chain-said]'));
}
