// Sends a file in pieces, one after the other, from where it stopped before: a form with `data-upload` on it or in it. A
// piece without an answer is sent again; one that arrived is known by its bytes. Without scripts the form sends small files.

import { UNREACHED, ask } from './reach.js';

const LIMIT = 120000; // milliseconds for the answer to a piece
const AGAIN = 3000; // milliseconds before a piece is sent again; each further pause is twice as long
const LONGEST_PAUSE = 60000;

const pause = (time) => new Promise((done) => { setTimeout(done, time); });

function improve(part) {
  const form = part.closest('form');
  const [status, bar, stop] = ['[data-upload-status]', 'progress', '[data-upload-stop]'].map((one) => form.querySelector(one));
  const { upload, uploadTo, uploadPage, uploadDone, uploadSize } = part.dataset;
  const length = Number(part.dataset.uploadPiece);
  let busy = false;
  let stopped = false;

  const say = (sentence) => { status.textContent = sentence; };

  function sent(values) {
    const body = new FormData();
    for (const name of ['csrfmiddlewaretoken', 'form_submission']) {
      if (form.elements[name]) body.append(name, form.elements[name].value);
    }
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    return { method: 'POST', body };
  }

  // The answer's values, or undefined where the upload must end; says why.
  async function post(address, values) {
    for (let wait = AGAIN; !stopped; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      try {
        const { answer, text } = await ask(address, LIMIT, sent(values));
        if (answer.ok) return JSON.parse(text);
        if (answer.status < 500) {
          say(answer.status === 422 && !text.startsWith('<') ? text : 'You are signed out, or this page is locked. What arrived is kept: sign in, open the file and go on.');
          return undefined;
        }
        say('Desist cannot take the file in now. It tries again by itself.');
      } catch {
        say(`${UNREACHED}. The upload goes on by itself.`);
      }
      await pause(wait);
    }
    return undefined;
  }

  async function send(file, to, page, done) {
    const pieces = Math.ceil(file.size / length);
    // the last piece that arrived is sent once more: another file is known by it
    for (let number = Math.max(0, done - 1); number < pieces && !stopped;) {
      const piece = file.slice(number * length, (number + 1) * length);
      const answer = await post(to, { number, piece });
      if (!answer) return;
      number = Math.max(answer.done, number + 1);
      bar.value = Math.floor((100 * number) / pieces);
      say(`${bar.value} % of ${file.name}`);
    }
    busy = false;
    location.assign(page);
  }

  form.addEventListener('submit', async (event) => {
    const file = form.elements.file?.files[0];
    const came = form.elements.came?.value;
    if (!file && upload) return; // the page says what is missing
    event.preventDefault();
    if (!file || (upload && !came)) {
      say(file ? 'Say how it came from them.' : 'Choose the file.');
      return;
    }
    event.stopImmediatePropagation();
    if (busy) return;
    if (uploadSize && Number(uploadSize) !== file.size) {
      say('This is not the file whose upload was begun: its size differs. Choose that file.');
      return;
    }
    [busy, stopped, bar.hidden, bar.value, stop.hidden] = [true, false, false, 0, false];
    say('The upload begins.');
    const begun = upload ? await post(upload, { came, name: file.name, size: file.size }) : { piece: uploadTo, page: uploadPage, done: Number(uploadDone) };
    if (begun) await send(file, begun.piece, begun.page, begun.done);
    [busy, stop.hidden] = [false, true];
  }, { capture: true });
  stop.addEventListener('click', () => {
    stopped = true;
    say('Stopped. What arrived is kept: open the file in the list to go on, or to remove it.');
  });
  window.addEventListener('beforeunload', (event) => { if (busy) event.preventDefault(); });
}

export function start(root) {
  root.querySelectorAll('[data-upload]').forEach(improve);
}
