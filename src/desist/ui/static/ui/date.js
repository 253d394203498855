// A day in one box: "8 dec", "tue", "next tue", "8/12", "2026-12-08". What was understood stands beside the box at once,
// with the day of the week and the year, so that nothing is guessed unseen. The box has no name: the three boxes of the
// page stay, out of sight, and are what the server reads; without scripts they are what people fill in. Beside the box
// opens the month of the MoJ Design System.

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
];
const PARTS = ['day', 'month', 'year'];
const DAY = 86400000; // milliseconds
const SAID = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric',
});
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

const today = () => new Date(`${LONDON.format(new Date())}T00:00Z`);
const after = (day, days) => new Date(day.getTime() + days * DAY);
const named = (names, word) => (word.length >= 3 ? names.findIndex((name) => name.startsWith(word)) : -1);
const said = (day) => SAID.format(day).replace(',', '');
const iso = (day) => day.toISOString().slice(0, 10);

// The day of these numbers, or undefined: the 31 of February is none.
function real(year, month, day) {
  const found = new Date(Date.UTC(year, month - 1, day));
  found.setUTCFullYear(year);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? found : undefined;
}

// "past" and "ahead" for a field whose days are over, or still to come; "" for any other.
function side({ earliest, latest, born }, now) {
  if (born !== undefined || (latest && latest <= iso(now))) return 'past';
  return earliest && earliest >= iso(now) ? 'ahead' : '';
}

// "today", "tue", "next tue", "last tue", "in 2 weeks", "3 days ago"
function spoken(text, where, now) {
  const near = { today: 0, tomorrow: 1, yesterday: -1 }[text];
  if (near !== undefined) return after(now, near);
  const count = text.match(/^(in )?(\d{1,3}) (day|week)s?( ago| from now)?$/);
  if (count && (count[1] || count[4])) {
    return after(now, Number(count[2]) * (count[3] === 'week' ? 7 : 1) * (count[4] === ' ago' ? -1 : 1));
  }
  const [, which, name] = text.match(/^(?:(next|last|this|on) )?([a-z]+)$/) ?? [];
  const weekday = named(WEEKDAYS, name ?? '');
  if (weekday < 0) return undefined;
  const here = (now.getUTCDay() + 6) % 7;
  if (which === 'next') return after(now, weekday - here + 7); // of the week that begins on Monday
  const ahead = (weekday - here + 7) % 7;
  if (which === 'last') return after(now, ahead - 7);
  return after(now, where === 'past' && ahead ? ahead - 7 : ahead);
}

// The texts of day, month and year in "8 dec", "dec 8 26", "8/12/2026", "2026-12-08", "08122026"
function written(text) {
  const joined = text.match(/^(\d{2})(\d{2})(\d{4})$/) ?? text.match(/^(\d{1,2})([a-z]{3,})(\d{4}|\d{2})?$/);
  const words = joined ? joined.slice(1).filter(Boolean) : text.split(/[\s/.,-]+/).filter(Boolean);
  if (words.length > 3 && named(WEEKDAYS, words[0]) >= 0) words.shift();
  const number = words.findIndex((word) => named(MONTHS, word) >= 0);
  if (number >= 0) words.splice(number, 1, String(named(MONTHS, words[number]) + 1));
  if (words.some((word) => !/^\d{1,4}$/.test(word)) || words.length > 3 || words.length < 2) return undefined;
  if (words[0].length === 4) words.reverse();
  else if (number === 0) [words[0], words[1]] = [words[1], words[0]];
  return words;
}

// The year that was left out, or of which two digits were written; "" for a birth: that is never guessed.
function yearOf(words, where, born, now) {
  const [day, month, year] = words;
  const here = now.getUTCFullYear();
  if (year?.length === 2) return born === undefined || 2000 + Number(year) <= here ? 2000 + Number(year) : 1900 + Number(year);
  if (year || born !== undefined) return year ? Number(year) : '';
  const years = [here, here - 1, here + 1].filter((one) => {
    const found = real(one, Number(month), Number(day));
    return !found || where === '' || (where === 'past' ? found <= now : found >= now);
  });
  const far = (one) => Math.abs((real(one, Number(month), Number(day)) ?? now) - now);
  return years.sort((one, other) => far(one) - far(other))[0] ?? here;
}

// What was typed, as the three texts for the server, and the day where it is one.
export function understood(typed, limits, now) {
  const text = typed.trim().toLowerCase().replace(/(\d)(st|nd|rd|th)\b/g, '$1').replace(/\s+/g, ' ');
  if (!text) return { texts: ['', '', ''] };
  const where = side(limits, now);
  const near = spoken(text, where, now);
  if (near) return { texts: [near.getUTCDate(), near.getUTCMonth() + 1, near.getUTCFullYear()].map(String), day: near };
  const words = written(text);
  if (!words) return { texts: [typed.trim(), '', ''] };
  const year = yearOf(words, where, limits.born, now);
  return { texts: [words[0], words[1], String(year)], day: year ? real(year, Number(words[1]), Number(words[0])) : undefined };
}

// The sentence beside the box.
function answer({ texts, day }, { earliest, latest, born }) {
  if (!day && texts[1]) return texts[2] ? 'There is no such day' : 'Add the year';
  if (!day) return texts[0] ? `Write a day, like ${born === undefined ? '8 dec, tue or 8/12/2026' : '27 3 1985'}` : '';
  if (earliest && iso(day) < earliest) return `${said(day)}: too early, ${said(new Date(earliest))} is the first day`;
  if (latest && iso(day) > latest) return `${said(day)}: too late, ${said(new Date(latest))} is the last day`;
  return said(day);
}

const slashed = (day) => `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear()}`;
const slashedText = (text) => text && text.split('-').reverse().join('/');

function boxOf(group, id) {
  const root = document.createElement('div');
  root.className = 'desist-date';
  const box = Object.assign(document.createElement('input'), {
    id, type: 'text', className: 'govuk-input govuk-input--width-10', autocomplete: 'off', spellcheck: false,
  });
  const field = group.closest('fieldset');
  box.setAttribute('aria-label', field?.querySelector('legend')?.textContent.trim() || 'Day');
  const line = Object.assign(document.createElement('output'), { id: `${id}-understood`, className: 'desist-date__understood' });
  box.setAttribute('aria-describedby', [field?.getAttribute('aria-describedby'), line.id].filter(Boolean).join(' '));
  if (group.querySelector('.govuk-input--error')) box.classList.add('govuk-input--error');
  root.append(box, line);
  group.before(root);
  return [root, box, line];
}

function watch(group) {
  const parts = PARTS.map((part) => group.querySelector(`input[name$="-${part}"]`));
  if (parts.some((part) => !part)) return;
  const limits = group.dataset;
  const [root, box, line] = boxOf(group, `${group.id || parts[0].id}-box`);
  const show = (found) => { line.textContent = answer(found, limits); };
  const read = () => {
    const found = understood(box.value, limits, today());
    parts.forEach((part, place) => { part.value = found.texts[place]; });
    show(found);
  };
  const write = () => {
    const texts = parts.map((part) => part.value.trim());
    box.value = texts.filter(Boolean).join(texts.every((text) => /^\d+$/.test(text)) ? '/' : ' ');
    show(understood(box.value, limits, today()));
  };
  group.classList.add('govuk-visually-hidden');
  group.setAttribute('aria-hidden', 'true');
  parts.forEach((part) => {
    part.tabIndex = -1;
    part.addEventListener('input', write);
  });
  // A link of the summary of errors leads to a box that is out of sight: it leads to the one in its place.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || !parts.some((part) => `#${part.id}` === link.hash)) return;
    event.preventDefault();
    event.stopPropagation();
    box.focus();
  }, true);
  box.addEventListener('input', read);
  box.addEventListener('change', read);
  write();
  month(root, box, limits, read);
}

// The month reads the box as day/month/year alone: what was understood is written so before it opens.
async function month(root, box, limits, read) {
  const { DatePicker } = await import('../vendor/moj-frontend.min.js');
  new DatePicker(root, {
    input: { element: box }, minDate: slashedText(limits.earliest), maxDate: slashedText(limits.latest), leadingZeros: false,
  });
  root.addEventListener('click', (event) => {
    if (!event.target.closest('.moj-js-datepicker-toggle')) return;
    const { day } = understood(box.value, limits, today());
    if (day) box.value = slashed(day);
    read();
  }, true);
}

export function start(scope) {
  scope.querySelectorAll('.govuk-date-input[data-earliest]').forEach(watch);
}
