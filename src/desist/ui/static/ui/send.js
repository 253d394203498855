// The page where things are sent without sign-in: files go in pieces, one page of the history is all that there ever is, and
// leaving it replaces that. Without scripts the page is a plain form.

import { ask } from './ask.js';
import { Pieces } from './pieces.js';

const LIMIT = 120000; // milliseconds
const WORDS = {
  busy: 'It cannot be taken in now. It tries again by itself.',
  away: 'The line is away. It goes on by itself.',
  refused: (answer, text) => (answer.status === 422 && !text.startsWith('<') ? text : 'It was not taken in. Load the page again, type your code, and choose the file again: it goes on where it stopped.'),
};
const root = document.documentElement;
let busy = false;

// Puts the content of an answer in the place of this one's: so the browser notes no further page.
async function swap(form, body) {
  const said = await ask(form.action, LIMIT, { method: 'POST', body });
  if (said.answer.status >= 500) throw new Error('away');
  const fresh = new DOMParser().parseFromString(said.text, 'text/html').querySelector('main');
  document.querySelector('main').replaceWith(fresh);
  improve(fresh);
}

function improve(main) {
  main.querySelectorAll('form[data-swap]').forEach((form) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await swap(form, new FormData(form));
      } catch {
        form.insertAdjacentHTML('beforeend', '<p class="wrong" role="alert">The line is away. Try again in a moment.</p>');
      }
    });
  });
  const form = main.querySelector('form[data-send]');
  if (!form) return;
  const [status, bar] = ['[data-status]', 'progress'].map((one) => form.querySelector(one));
  const { code, files, words } = form.elements;
  const address = form.dataset.send;
  const length = Number(form.dataset.piece);
  const say = (sentence) => { status.textContent = sentence; };
  const sending = new Pieces({ fixed: { code: code.value }, say, words: WORDS, stopped: () => !form.isConnected });

  async function one(file, which) {
    const begun = await sending.post(address, { name: file.name, size: file.size, number: 0, piece: file.slice(0, length) });
    if (!begun) return false;
    const told = (percent) => {
      bar.value = percent;
      say(`${which}: ${percent} %`);
    };
    return sending.send(file, address, { done: begun.done, again: begun.done > 1 ? 1 : 0, length, values: { file: begun.file }, told });
  }

  async function all() {
    const chosen = [...files.files];
    for (const [place, file] of chosen.entries()) {
      if (!await one(file, `File ${place + 1} of ${chosen.length}`)) return;
    }
    files.value = '';
    if (words.value.trim()) await swap(form, new FormData(form));
    else say('It has arrived. You can send more, or finish.');
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    if (!files.files.length && !words.value.trim()) {
      say('Choose a file, or write something.');
      return;
    }
    [busy, bar.hidden, bar.value] = [true, !files.files.length, 0];
    say('Sending begins.');
    try {
      await all();
    } catch {
      say('The line is away. What you wrote is still here: press Send again in a moment.');
    }
    [busy, bar.hidden] = [false, true];
  });
}

history.replaceState(null, '', document.body.dataset.here);
improve(document.querySelector('main'));
document.querySelector('[data-leave]').addEventListener('click', (event) => {
  event.preventDefault();
  [root.hidden, document.title, busy] = [true, '', false];
  fetch(event.target.href, { keepalive: true, redirect: 'manual' }).catch(() => {});
  location.replace(event.target.dataset.leave);
});
window.addEventListener('beforeunload', (event) => { if (busy) event.preventDefault(); });
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
