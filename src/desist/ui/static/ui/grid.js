// A grid of figures: a figure goes on to the next box by itself, a dash and a space too; arrows go to the neighbour.
// Without scripts Tab does.

const NOTHING = /^[-–—\s]$/;

function improve(grid) {
  const boxes = () => [...grid.querySelectorAll('input[data-most]')];

  // A figure is whole when no further digit can follow it.
  const whole = ({ value, dataset }) => /^\d+$/.test(value) && (value.startsWith('0') || Number(`${value}0`) > Number(dataset.most));

  function go(from, steps) {
    const all = boxes();
    const next = all[all.indexOf(from) + steps];
    if (next) next.focus();
  }

  const across = () => grid.querySelector('tr:has(input[data-most])')?.querySelectorAll('input[data-most]').length ?? 1;

  grid.addEventListener('input', ({ target }) => {
    if (target.dataset.most && (whole(target) || NOTHING.test(target.value))) go(target, 1);
  });
  grid.addEventListener('focusin', ({ target }) => { if (target.dataset.most) target.select(); });
  grid.addEventListener('keydown', (event) => {
    const { target } = event;
    if (!target.dataset.most || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = { ArrowUp: -across(), ArrowDown: across(), ArrowLeft: -1, ArrowRight: 1, Enter: 1 }[event.key];
    if (!steps || (event.key === 'Enter' && target === boxes().at(-1))) return;
    event.preventDefault();
    go(target, steps);
  });
}

// A digit or a dash answers the question in focus and goes on to the next; Enter sends the form, as ever.
function answering(form) {
  form.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (target.type !== 'radio' || event.altKey || event.ctrlKey || event.metaKey) return;
    const radios = [...form.querySelectorAll('input[type=radio]')];
    const chosen = radios.find((radio) => radio.name === target.name && radio.value === key);
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.focus();
    const after = radios.slice(radios.indexOf(chosen)).find((radio) => radio.name !== target.name);
    if (after) (radios.find((radio) => radio.name === after.name && radio.checked) ?? after).focus();
  });
}

export function start(scope) {
  scope.querySelectorAll('[data-answers]').forEach(answering);
  scope.querySelectorAll('[data-grid]').forEach(improve);
}
