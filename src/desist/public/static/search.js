// The search: words of a page and words that are typed are folded and cut to their stem in the same way, so that
// "tracked", "trackers" and "Tracking" are one. A typed word also finds what the list of words calls the same, what
// is spelt nearly so, and, while it is being typed, what it begins. Rare words count for more.

function folded(words) {
  return words.toLowerCase().replace(/['\u2019]/g, "").normalize("NFD").replace(/\p{M}/gu, "");
}

function split(words) {
  return folded(words).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function stem(word) {
  if (word.length < 4) return word;
  const end = word.replace(/ies$/, "y").replace(/sses$/, "ss").replace(/([^su])s$/, "$1");
  const cut = end.replace(/(ation|ing|ed|ers?|ly)$/, "");
  const short = cut.length > 2 && /[aeiouwy]/.test(cut) ? cut : end;
  return short.replace(/([bdgklmnprt])\1$/, "$1").replace(/e$/, "");
}

// The fewest letters to change, add, leave out or swap with their neighbour.
function distance(a, b) {
  let before, last = [], row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.length];
}

class Finder {
  constructor({ small, same, pages }) {
    this.small = new Set(small);
    this.same = new Map();
    for (const line of same) {
      const stems = line.map(stem);
      for (const one of stems) this.same.set(one, [...(this.same.get(one) ?? []), ...stems]);
    }
    this.pages = pages.map((page) => this.read(page));
    this.counts = new Map();
    for (const page of this.pages) for (const one of page.all) this.counts.set(one, (this.counts.get(one) ?? 0) + 1);
  }

  terms(words) {
    const all = split(words);
    const large = all.filter((word) => !this.small.has(word));
    return [...new Set((large.length ? large : all).map(stem))];
  }

  read(page) {
    const sections = page.sections.map(([anchor, heading, words]) => ({ anchor, heading, of: new Set([...this.terms(heading), ...split(words).map(stem)]), head: this.terms(heading) }));
    const said = [page.title, ...page.index, ...page.asks];
    const all = new Set([...this.terms(page.summary), ...said.flatMap((one) => this.terms(one)), ...sections.flatMap(({ of }) => [...of])]);
    return { ...page, sections, said: said.map((one) => this.terms(one)), all };
  }

  rarity(term) {
    return Math.log(1.1 + this.pages.length / (this.counts.get(term) ?? 1) - 1);
  }

  // The stems that a typed word may stand for, each with what it is worth.
  meant(term, typing) {
    const found = new Map();
    const add = (one, worth) => this.counts.has(one) && found.set(one, Math.max(worth, found.get(one) ?? 0));
    for (const one of this.same.get(term) ?? []) add(one, 0.75);
    add(term, 1);
    if (typing && term.length > 2) for (const one of this.counts.keys()) if (one.startsWith(term)) add(one, 0.7);
    if (found.size || term.length < 4) return found;
    const most = term.length > 7 ? 2 : 1;
    const known = new Set([...this.counts.keys(), ...this.same.keys()]);
    for (const one of known) {
      if (Math.abs(one.length - term.length) > most || distance(term, one) > most) continue;
      add(one, 0.7);
      for (const other of this.same.get(one) ?? []) add(other, 0.5);
    }
    return found;
  }

  // How much of what was asked stands among some words, each as good as its nearest meaning.
  share(asked, words) {
    let sum = 0;
    for (const { meant, weight } of asked) {
      let best = 0;
      for (const word of words) best = Math.max(best, meant.get(word) ?? 0);
      sum += best * weight;
    }
    return sum;
  }

  find(typed) {
    const words = this.terms(typed);
    const asked = words.map((term, at) => {
      const meant = this.meant(term, at === words.length - 1 && /\S$/.test(typed));
      return { meant, weight: Math.max(0.1, ...[...meant.keys()].map((one) => this.rarity(one) * meant.get(one))) };
    });
    const whole = asked.reduce((sum, { weight }) => sum + weight, 0);
    const scored = this.pages.map((page) => {
      let best = 0;
      for (const said of page.said) {
        const length = said.reduce((sum, word) => sum + this.rarity(word), 0);
        best = Math.max(best, this.share(asked, said) / Math.sqrt(whole * length || 1));
      }
      const shares = page.sections.map((section) => this.share(asked, section.of) + this.share(asked, section.head));
      const at = shares.indexOf(Math.max(...shares));
      const score = (3 * best + this.share(asked, page.all) / whole + shares[at] / whole / 2);
      return { score: this.share(asked, page.all) ? score : 0, page, section: page.sections[at] };
    });
    return scored.filter(({ score }) => score).sort((a, b) => b.score - a.score).slice(0, 12);
  }
}
