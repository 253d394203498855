// A form that is being sent is not sent again, however often its button is pressed, until its answer comes.
// Without scripts the server sees to it that nothing is done twice.

const LONGEST = 10000; // milliseconds: an answer that is a file, or that was stopped, leaves the page where it is

export function start(scope) {
  // Bubbling up to here, so that whatever keeps a form back has done so.
  scope.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if ('sending' in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = '';
    setTimeout(() => delete form.dataset.sending, LONGEST);
  });
  // Back from where the form led, on a page that the browser kept.
  window.addEventListener('pageshow', () => {
    scope.querySelectorAll('form[data-sending]').forEach((form) => delete form.dataset.sending);
  });
}
