// Covers the page of somebody signed in after 15 minutes in which nothing was done, without touching what is on it:
// words, focus and place are there again after the owner confirmed. The server locks the session by itself at the same
// moment (desist.accounts.middleware); without scripts its lock page stands in front of the next request.

import { answer as usePasskey, usable } from './passkeys.js';
import { UNREACHED, ask } from './reach.js';

const IDLE = 15 * 60 * 1000; // milliseconds, as desist.accounts.limits
const NOTED = 60 * 1000; // somebody at work is noted at most this often
const LIMIT = 10000; // milliseconds for an answer
const LOOK = 5000; // by the clock on the wall, since a sleeping machine fires no timers

export function start(document) {
  const address = document.querySelector('meta[name=desist-lock]')?.content;
  if (!address) return;
  const channel = new BroadcastChannel('desist-lock'); // the other tabs of this session
  let noted = Date.now(); // when the server last knew of somebody here
  let cover;

  function seen() {
    noted = Date.now();
    channel.postMessage('seen');
  }

  async function note() {
    if (cover || Date.now() - noted < NOTED) return;
    if (Date.now() - noted > IDLE) { lock(); return; }
    seen();
    const answer = await fetch(new URL('../here/', new URL(address, location)), { redirect: 'manual' }).catch(() => null);
    if (answer?.status === 401) lock();
  }

  function lock() {
    if (cover) return;
    cover = document.createElement('dialog');
    cover.className = 'desist-lock';
    cover.setAttribute('aria-labelledby', 'desist-lock-title');
    cover.innerHTML = `<h1 class="govuk-heading-l" id="desist-lock-title">Locked</h1>
      <p class="govuk-body">Nothing was done here for 15 minutes, so this page is covered. Nothing on it is lost.</p>
      <div data-lock-slot></div><p class="govuk-body" role="status" data-lock-said></p>`;
    cover.addEventListener('cancel', (event) => event.preventDefault()); // Escape does not unlock
    // A browser closes a dialog at a second Escape whatever the page says: it is shown again.
    const shown = cover;
    shown.addEventListener('close', () => { if (cover === shown) shown.showModal(); });
    document.body.append(cover);
    cover.showModal(); // the page below is inert, and its focus comes back when the cover goes
    offer();
  }

  function say(sentence) {
    cover.querySelector('[data-lock-said]').textContent = sentence;
  }

  // The form that unlocks is the server's own, so that what it asks for is decided there alone.
  async function fetchForm() {
    const { answer, text } = await ask(address, LIMIT);
    if (answer.status !== 401) throw new Error(answer.type);
    return formOf(text);
  }

  function formOf(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const forms = [...page.querySelectorAll('[data-lock-form]')];
    const form = forms.find((one) => usable() || !one.dataset.passkey);
    if (!form) throw new Error('no form');
    form.hidden = false;
    return document.adoptNode(form);
  }

  async function offer() {
    const slot = cover.querySelector('[data-lock-slot]');
    try {
      const form = await fetchForm();
      slot.replaceChildren(form);
      form.addEventListener('submit', confirm);
      form.querySelector('input:not([type=hidden]), button').focus();
      say('');
    } catch (problem) {
      const out = problem.message === 'opaqueredirect';
      say(out ? 'You are signed out. Sign in again in another tab, then try again; your words stay on this page.'
        : `${UNREACHED}. Your words stay on this page; try again.`);
      const button = document.createElement('button');
      button.className = 'govuk-button';
      button.textContent = 'Try again';
      button.addEventListener('click', offer);
      slot.replaceChildren(button);
      button.focus();
    }
  }

  async function confirm(event) {
    event.preventDefault();
    if (event.target.dataset.passkey && !await usePasskey(event.target)) return;
    const body = new URLSearchParams(new FormData(event.target));
    // Another tab may have been given another token since this form came.
    const fresh = await fetchForm().catch(() => null);
    if (fresh) body.set('csrfmiddlewaretoken', fresh.elements.csrfmiddlewaretoken.value);
    const { answer, text } = await ask(address, LIMIT, { method: 'POST', body }).catch(() => ({}));
    if (!cover) return; // another tab was quicker
    if (answer?.status === 204) {
      open();
      channel.postMessage('open');
    } else {
      const refused = answer?.status === 422 ? text : '';
      await offer();
      if (refused) say(sentenceOf(refused));
    }
  }

  function sentenceOf(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    return page.querySelector('[data-lock-error]')?.textContent ?? '';
  }

  function open() {
    const gone = cover;
    cover = undefined;
    gone.close();
    gone.remove();
    noted = Date.now();
    document.dispatchEvent(new Event('desist:open')); // what could not be saved meanwhile is saved now
  }

  channel.addEventListener('message', (event) => {
    noted = Date.now();
    if (cover && event.data === 'open') open(); // confirmed in another tab
  });
  for (const kind of ['pointerdown', 'keydown', 'input']) {
    document.addEventListener(kind, note, { capture: true, passive: true });
  }
  const look = () => { if (Date.now() - noted > IDLE) lock(); };
  document.addEventListener('visibilitychange', look);
  setInterval(look, LOOK);
  channel.postMessage('seen'); // this very page was just asked for
}
