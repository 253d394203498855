// Saves a form while somebody types, where its `data-autosave` names an address. Without scripts the button saves.
// The address answers as desist.ui.autosave does. One save at a time; what fails is said and tried again.

const QUIET = 1500; // milliseconds without a key before a save
const LONGEST = 5000; // milliseconds from the first change that is not saved to a save, however much is typed meanwhile
const AGAIN = 10000; // milliseconds before another attempt after a failure

// "2:32pm", as every page says a time
function time(moment) {
  const minutes = moment.getMinutes() ? `:${String(moment.getMinutes()).padStart(2, '0')}` : '';
  return `${moment.getHours() % 12 || 12}${minutes}${moment.getHours() < 12 ? 'am' : 'pm'}`;
}

function watch(form) {
  const status = form.querySelector('[data-autosave-status]');
  let changes = 0; // counted, so that what is typed during a save is saved after it
  let saved = 0;
  let stopped = false;
  let busy = false;
  let waiting; // the button that was pressed during a save
  let timer;
  let since = 0; // when the first change was made that no save has taken along; 0 while there is none

  const say = (sentence) => {
    status.textContent = sentence;
    status.parentElement.classList.toggle('desist-bar--failed', sentence.startsWith('Not saved'));
  };
  const later = (pause) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, pause);
  };

  const soon = () => {
    since ||= performance.now();
    later(Math.max(0, Math.min(QUIET, since + LONGEST - performance.now())));
  };

  async function save() {
    if (busy || stopped || saved === changes) return;
    busy = true;
    since = 0;
    const sending = changes;
    let answered = false;
    try {
      answered = await send(sending);
    } catch {
      say('Not saved yet: Desist cannot be reached. Your words stay on this page. Desist will try again.');
    }
    busy = false;
    if (waiting) form.requestSubmit(waiting);
    else if (!answered) later(AGAIN);
    else if (changes > sending) soon();
  }

  function post(how = {}) {
    const body = new URLSearchParams(new FormData(form));
    return fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual', ...how });
  }

  async function send(sending) {
    const answer = await post();
    const version = answer.headers.get('Desist-Version');
    const clock = time(new Date());
    if (version) form.querySelector('[name=form_version]').value = version;
    if (answer.status === 204 || (answer.status === 200 && version)) {
      saved = sending;
      say([`Saved at ${clock}`, await answer.text()].filter(Boolean).join('. '));
    } else if (answer.status === 409) {
      stopped = true;
      say(`Not saved: ${await answer.text()}`);
    } else if (answer.status === 422) {
      say(`${version ? `Saved at ${clock}, but not everything` : 'Not saved yet'}: ${await answer.text()}`);
    } else if (answer.type === 'opaqueredirect' || answer.status === 403) {
      say('Not saved: you are signed out. Sign in again in another tab; your words stay on this page.');
      return false;
    } else if (answer.status === 503) {
      // The page of the fault says which it is: its records are out of reach, or its disk is full.
      const [, fault] = (await answer.text()).match(/<h1[^>]*>\s*([^<]+?)\s*</) || [null, 'It cannot be saved now'];
      say(`Not saved yet: ${fault}. Your words stay on this page. Desist will try again.`);
      return false;
    } else {
      throw new Error(String(answer.status));
    }
    return true;
  }

  form.addEventListener('input', () => {
    changes += 1;
    soon();
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (busy) {
      // The version is about to change: sent now, the form would be stale by its own doing.
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    stopped = true;
    saved = changes;
  });
  document.addEventListener('desist:leave', () => {
    clearTimeout(timer);
    // One last save outlives the page, and nothing waits for its answer.
    if (!stopped && saved !== changes) post({ keepalive: true }).catch(() => {});
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
