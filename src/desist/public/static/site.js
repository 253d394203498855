// Appended to the GOV.UK component ExitThisPage, which brings the button, Shift three times and its announcements.
// Nothing here writes to the address, asks anybody else for anything, or keeps more than one flag until the tab closes.

const root = document.documentElement;

// The page goes blank at once and its entry in the history is replaced. The flag lets guard.js send on whoever
// comes back with the Back button to an earlier page of this site in the same tab.
class Leave extends ExitThisPage {
  exitPage() {
    root.hidden = true;
    document.title = "";
    try {
      sessionStorage.setItem("left", "1");
    } catch {
      // Storage is switched off: leaving matters more than the Back button.
    }
    location.replace(root.dataset.exit);
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const element of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) {
  new Leave(element);
}

// The search: the index is fetched when the box is first used; what is typed stays in the box.
const place = document.querySelector("[data-search]");

function folded(words) {
  return words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

function score(entry, terms) {
  let sum = 0;
  for (const term of terms) {
    const found =
      8 * folded(entry.heading).includes(term) + 4 * folded(entry.page).includes(term) + folded(entry.words).includes(term);
    if (!found) return 0;
    sum += found;
  }
  return sum;
}

function item(entry) {
  const link = document.createElement("a");
  link.href = entry.address;
  link.textContent = entry.heading || entry.page;
  const line = document.createElement("li");
  line.append(link);
  if (entry.heading && entry.heading !== entry.page) line.append(" · " + entry.page);
  return line;
}

function search(place) {
  const box = document.createElement("input");
  const label = document.createElement("label");
  const status = document.createElement("p");
  const list = document.createElement("ul");
  label.append(place.dataset.label, box);
  box.type = "search";
  box.autocomplete = "off";
  box.spellcheck = false;
  status.setAttribute("role", "status");
  place.replaceChildren(label, status, list);
  let index;
  const show = async () => {
    index ??= fetch(place.dataset.search, { cache: "no-store" }).then((answer) => answer.json());
    const terms = folded(box.value).split(/\s+/).filter((term) => term.length > 1);
    const scored = (await index).map((entry) => [score(entry, terms), entry]);
    const best = terms.length ? scored.filter(([sum]) => sum).sort((a, b) => b[0] - a[0]).slice(0, 12) : [];
    list.replaceChildren(...best.map(([, entry]) => item(entry)));
    status.textContent = !terms.length ? "" : best.length ? place.dataset.found.replace("{n}", best.length) : place.dataset.none;
  };
  box.addEventListener("input", () => show().catch(() => (status.textContent = place.dataset.failed)));
}

if (place) search(place);
