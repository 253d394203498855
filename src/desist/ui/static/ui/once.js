// A form that is being sent is not sent again, however often its button is pressed, until its answer comes. One with long
// text is followed only where the server answers, so that no page of the browser's stands in the place of the words.
// A page on which such text was typed and not sent is not left without a question, neither by a link nor by Back.
// Without scripts the server sees to it that nothing is done twice. A form that saves itself asks by itself (autosave.js).

import { UNREACHED, pressAgain, reached } from './reach.js';

const LONGEST = 10000; // milliseconds: an answer that is a file, or that was stopped, leaves the page where it is

const holdsLongText = (form) => !('autosave' in form.dataset) && form.querySelector('textarea');

// Typed and not on its way: also what came back refused, which nobody has kept.
const unsent = (form) => form.method === 'post' && !('sending' in form.dataset) && holdsLongText(form)
  && [...form.querySelectorAll('textarea')].some((text) => text.value && (text.value !== text.defaultValue || form.parentElement.querySelector('.govuk-error-summary')));

// A sentence above the button, for as long as it is true; "" takes it away.
function say(button, sentence) {
  button.form.querySelector('[data-unreached]')?.remove();
  if (!sentence) return;
  const line = document.createElement('p');
  line.className = 'govuk-error-message';
  line.role = 'alert';
  line.dataset.unreached = '';
  line.textContent = sentence;
  (button.closest('.govuk-button-group') ?? button).before(line);
}

export function start(scope) {
  const answered = new WeakSet(); // forms for which the server has just answered

  async function follow(form, button) {
    const answers = await reached();
    say(button, answers ? '' : `${UNREACHED}. Your words are still here. ${pressAgain(button)}.`);
    delete form.dataset.sending;
    if (!answers) return;
    answered.add(form);
    form.requestSubmit(button);
  }

  // Bubbling up to here, so that whatever keeps a form back has done so.
  scope.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if ('sending' in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = '';
    if (event.submitter && holdsLongText(form) && !answered.delete(form)) {
      event.preventDefault();
      follow(form, event.submitter);
      return;
    }
    setTimeout(() => delete form.dataset.sending, LONGEST);
  });
  let leaving = false;
  document.addEventListener('desist:leave', () => { leaving = true; });
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && [...document.forms].some(unsent)) event.preventDefault();
  });
  // Back from where the form led, on a page that the browser kept.
  window.addEventListener('pageshow', () => {
    scope.querySelectorAll('form[data-sending]').forEach((form) => delete form.dataset.sending);
  });
}
