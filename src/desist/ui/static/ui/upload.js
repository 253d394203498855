// Sends a file in pieces (pieces.js) from where it stopped before: a form with `data-upload` on it or in it. Without scripts the
// form sends small files.

import { Pieces } from './pieces.js';
import { UNREACHED } from './reach.js';

const WORDS = {
  busy: 'Desist cannot take the file in now. It tries again by itself.',
  away: `${UNREACHED}. The upload goes on by itself.`,
  refused: (answer, text) => (answer.status === 422 && !text.startsWith('<') ? text : 'You are signed out, or this page is locked. What arrived is kept: sign in, open the file and go on.'),
};

function improve(part) {
  const form = part.closest('form');
  const [status, bar, stop] = ['[data-upload-status]', 'progress', '[data-upload-stop]'].map((one) => form.querySelector(one));
  const { upload, uploadTo, uploadPage, uploadDone, uploadSize } = part.dataset;
  const length = Number(part.dataset.uploadPiece);
  let busy = false;
  let stopped = false;

  const say = (sentence) => { status.textContent = sentence; };

  const fixed = {};
  for (const name of ['csrfmiddlewaretoken', 'form_submission']) {
    if (form.elements[name]) fixed[name] = form.elements[name].value;
  }
  const sending = new Pieces({ fixed, say, words: WORDS, stopped: () => stopped });

  async function send(file, to, page, done) {
    const told = (percent) => {
      bar.value = percent;
      say(`${percent} % of ${file.name}`);
    };
    if (!await sending.send(file, to, { done, length, told })) return;
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
    const begun = upload ? await sending.post(upload, { came, name: file.name, size: file.size }) : { piece: uploadTo, page: uploadPage, done: Number(uploadDone) };
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
