// Saves a form while somebody types, where its `data-autosave` names an address. Without scripts the button saves.
// The address answers as desist.ui.autosave does. One save at a time; what is not saved is said and tried again. A save
// without an answer may have been carried out: it is sent again as it was, and newer words go after it. "Saved" is said
// of exactly the words on the page. The button saves first, and its form is followed only where the server answers.

import { UNREACHED, ask, pressAgain, reached } from './reach.js';

const QUIET = 1500; // milliseconds without a key before a save
const LONGEST = 5000; // milliseconds from the first change that is not saved to a save, however much is typed meanwhile
const SLOW = 3000; // milliseconds without an answer before the page says so
const LIMIT = 10000; // milliseconds for an answer
const AGAIN = 5000; // milliseconds before another attempt after a failure; each further pause is twice as long
const LONGEST_PAUSE = 60000;

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', hour: 'numeric', minute: 'numeric', hourCycle: 'h23',
});

// "2:32pm", as every page says a time
function time(moment) {
  const parts = Object.fromEntries(LONDON.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const minutes = parts.minute ? `:${String(parts.minute).padStart(2, '0')}` : '';
  return `${parts.hour % 12 || 12}${minutes}${parts.hour < 12 ? 'am' : 'pm'}`;
}

// The heading of our own page about a fault: its records are out of reach, or its disk is full. A proxy has none.
function faultOf(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return page.querySelector('h1.govuk-heading-l')?.textContent.trim() || UNREACHED;
}

// The line of a form that tells what became of its words. A screen reader says what is new, and "Saving ..." never.
function lineOf(form) {
  const line = form.querySelector('[data-autosave-status]');
  let spoken = '';
  return (sentence, { failed = false, aloud = true } = {}) => {
    if (line.parentElement.classList.toggle('desist-bar--failed', failed) && form.contains(document.activeElement)) {
      document.activeElement.scrollIntoView({ block: 'nearest' }); // the bar grew: never over the words being typed
    }
    if (line.textContent === sentence) return;
    line.setAttribute('aria-live', aloud && sentence !== spoken ? 'polite' : 'off');
    if (aloud) spoken = sentence;
    line.textContent = sentence;
  };
}

function watch(form) {
  const say = lineOf(form);
  let changes = 0; // counted, so that what is typed during a save is saved after it
  let saved = 0;
  let fresh = 0; // when the first change was made that no save has taken along; 0 while there is none
  let oldest = 0; // when the first change was made that is not saved; 0 while there is none
  let unanswered; // the last save, until its answer comes
  let failures = 0; // since the last answer
  let stopped = false;
  let busy = false;
  let waiting; // the button that was pressed: its form is followed once the server answers
  let pressed; // the last button whose form was not followed: the page says to press it again
  let following = false;
  let timer;
  let slow;

  const later = (pause) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, pause);
  };
  const soon = () => {
    if (!failures) later(Math.max(0, Math.min(QUIET, fresh + LONGEST - Date.now())));
  };
  const unsaved = (reason) => {
    const since = oldest ? [`Not saved yet since ${time(oldest)}`] : [];
    say(`${[...since, reason].join('. ')}.`, { failed: true });
  };
  const away = (reason, kept = 'Your words are still here') => {
    unsaved([reason, kept, pressed ? pressAgain(pressed) : 'Desist tries again by itself'].join('. '));
  };

  // The form of a pressed button is followed by an answer that comes late as well, until the time for it is over.
  const watchAnswer = () => {
    clearTimeout(slow);
    slow = setTimeout(() => away('Desist has not answered'), SLOW);
  };

  function taken() {
    fresh = 0;
    return { body: new URLSearchParams(new FormData(form)), changes };
  }

  async function save() {
    clearTimeout(timer);
    if (busy || stopped || saved === changes) return;
    busy = true;
    unanswered ??= taken();
    if (!failures) say('Saving ...', { aloud: false });
    watchAnswer();
    let answered = false;
    try {
      answered = read(await ask(form.dataset.autosave, LIMIT, { method: 'POST', body: unanswered.body }));
    } catch {
      away(UNREACHED);
    }
    clearTimeout(slow);
    busy = false;
    failures = answered ? 0 : failures + 1;
    next(answered);
  }

  function next(answered) {
    if (!answered) {
      waiting = undefined;
      later(Math.min(LONGEST_PAUSE, AGAIN * 2 ** (failures - 1)));
    } else if (fresh && !stopped) {
      if (waiting) save();
      else soon();
    } else if (waiting) {
      follow();
    }
  }

  // Say what an answer means; whether it was one about the words.
  function read({ answer, text }) {
    const version = answer.headers.get('Desist-Version');
    const clock = time(Date.now());
    if (answer.type === 'opaqueredirect' || answer.status === 403) {
      away('You are signed out', 'Sign in again in another tab; your words stay on this page');
    } else if (answer.status === 401) {
      away('This page is locked');
    } else if (answer.status === 409) {
      stopped = true;
      say(`Not saved: ${text}`, { failed: true });
    } else if (answer.status === 422 && !version) {
      unsaved(text.replace(/\.$/, ''));
    } else if (version) {
      keep(version);
      if (fresh) say('Saving ...', { aloud: false });
      else if (answer.status === 422) say(`Saved ${clock}, but not everything: ${text}`);
      else say([`Saved ${clock}`, text].filter(Boolean).join('. '));
    } else {
      away(answer.status >= 500 ? faultOf(text) : UNREACHED);
    }
    const about = Boolean(version) || [409, 422].includes(answer.status);
    if (about) unanswered = undefined;
    return about;
  }

  function keep(version) {
    form.querySelector('[name=form_version]').value = version;
    saved = unanswered.changes;
    oldest = fresh;
    if (!waiting) pressed = undefined;
  }

  async function follow() {
    if (!await reached()) {
      away(UNREACHED);
      waiting = undefined;
      return;
    }
    following = true;
    form.requestSubmit(waiting);
  }

  form.addEventListener('input', () => {
    changes += 1;
    fresh ||= Date.now();
    oldest ||= fresh;
    if (stopped) return;
    if (!failures) say('Saving ...', { aloud: false });
    soon();
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (following) {
      const before = stopped;
      [following, waiting, stopped, saved] = [false, undefined, true, changes];
      setTimeout(() => { stopped = before; }, LIMIT); // the page is still there: its form was not answered
      return;
    }
    event.preventDefault();
    if (waiting) return;
    waiting = event.submitter;
    pressed = waiting;
    if (busy) watchAnswer();
    else if (stopped || saved === changes) follow();
    else save();
  });
  document.addEventListener('desist:open', () => { if (failures) save(); });
  document.addEventListener('desist:leave', () => {
    clearTimeout(timer);
    // One last save outlives the page, and nothing waits for its answer.
    if (!stopped && saved !== changes) {
      fetch(form.dataset.autosave, { method: 'POST', body: taken().body, redirect: 'manual', keepalive: true }).catch(() => {});
    }
    stopped = true;
    saved = changes;
  });
  window.addEventListener('beforeunload', (event) => {
    if (saved !== changes) event.preventDefault();
  });
}

export function start(scope) {
  scope.querySelectorAll('form[data-autosave]').forEach(watch);
}
