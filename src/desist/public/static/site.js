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

// The box of the search: the index is fetched when the box is first used; what is typed stays in the box.
const place = document.querySelector("[data-search]");

function item({ page, section }) {
  const link = document.createElement("a");
  link.href = page.address;
  link.textContent = page.title;
  const line = document.createElement("li");
  line.append(link);
  if (section.anchor) {
    const part = document.createElement("a");
    part.href = `${page.address}#${section.anchor}`;
    part.textContent = section.heading;
    line.append(" · ", part);
  }
  return line;
}

function search(place) {
  const box = document.createElement("input");
  const label = document.createElement("label");
  const status = document.createElement("p");
  const list = document.createElement("ol");
  label.append(place.dataset.label, box);
  box.type = "search";
  box.autocomplete = "off";
  box.spellcheck = false;
  status.setAttribute("role", "status");
  place.replaceChildren(label, status, list);
  let index;
  const show = async () => {
    index ??= fetch(place.dataset.search, { cache: "no-store" }).then(async (answer) => new Finder(await answer.json()));
    const finder = await index;
    const best = box.value.trim().length > 1 ? finder.find(box.value) : [];
    list.replaceChildren(...best.map(item));
    status.textContent = box.value.trim().length < 2 ? "" : best.length ? place.dataset.found.replace("{n}", best.length) : place.dataset.none;
  };
  box.addEventListener("input", () => show().catch(() => (status.textContent = place.dataset.failed)));
}

if (place) search(place);

// A box that hides the rows of a table whose name does not hold what is typed.
const table = document.querySelector("[data-filter]");

function filter(table) {
  const rows = [...document.getElementById(table.dataset.filter).rows];
  const box = document.createElement("input");
  const label = document.createElement("label");
  const status = document.createElement("p");
  label.append(table.dataset.label, box);
  box.type = "search";
  box.autocomplete = "off";
  status.setAttribute("role", "status");
  table.replaceChildren(label, status);
  box.addEventListener("input", () => {
    const typed = folded(box.value.trim());
    for (const row of rows) row.hidden = !folded(row.cells[0].textContent).includes(typed);
    const left = rows.filter((row) => !row.hidden).length;
    status.textContent = !typed ? "" : left ? table.dataset.found.replace("{n}", left) : table.dataset.none;
  });
}

if (table) filter(table);
