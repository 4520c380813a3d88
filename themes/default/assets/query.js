// What answers a query: the index is cut into script files, of which a query loads the few that
// hold its words. Words are cut and folded in the steps of the program that made the index; the
// tables of these steps come with it.
(() => {
  const api = globalThis.clausebookSearch;
  const here = new URL("../search/", document.currentScript.src);

  // The index: each file calls one of these.
  const shards = new Map();
  const pages = new Map();
  const heads = new Map();
  const near = new Map();
  let meta = null;
  let fold = null;
  const compile = ({ letters, spread, marks, pairs, stop }) => {
    const join = "\\-.&\\u2010-\\u2013\\u2212";
    const part = `\\p{Alphabetic}\\p{N}\\p{M}${marks}`;
    return {
      letters: new Map(Object.entries(letters)),
      spread: new Map(Object.entries(spread)),
      stop: new Set(stop),
      marks: new RegExp(`[${marks}]`, "gu"),
      run: new RegExp(`[${part}${join}]+`, "gu"),
      ends: new RegExp(`^[${join}]+|[${join}]+$`, "gu"),
      other: new RegExp(`[^${part}]+`, "u"),
      pair: new RegExp(`[${pairs}]`, "u"),
      piece: new RegExp(`[${pairs}]+|[^${pairs}]+`, "gu"),
    };
  };
  Object.assign(api, {
    meta: (value) => { meta = value; fold = compile(value.fold); },
    words: ([key, value]) => shards.set(key, Object.entries(value)),
    pages: ([number, value]) => pages.set(number, value),
    heads: ([, value]) => { for (const [letter, found] of Object.entries(value)) heads.set(letter, found); },
    near: ([length, value]) => near.set(length, value.split(" ")),
  });
  const loading = new Map();
  const load = (name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done) => {
        const script = document.createElement("script");
        document.head.append(Object.assign(script, { onload: done, onerror: done, src: new URL(name, here).href }));
      }));
    }
    return loading.get(name);
  };
  const shard = (key) => load(`w-${[...key].map((c) => (/[a-z0-9]/i.test(c) ? c : `_${c.codePointAt(0).toString(16)}`)).join("")}.js`);

  // Folding and cutting, as src/search/fold.rs does.
  const replaced = (text, by) => [...text].map((letter) => by.get(letter) ?? letter).join("");
  const folded = (text) => replaced(text.normalize("NFKD").replace(fold.marks, "").toLowerCase(), fold.letters).normalize("NFC");
  const spread = (text) => {
    const whole = text.normalize("NFC").toLowerCase();
    return [...whole].some((letter) => fold.spread.has(letter)) ? folded(replaced(whole, fold.spread)) : null;
  };
  const trimmed = (run) => run.replace(fold.ends, "");
  const pieces = (run) => (run.match(fold.piece) ?? []).map(trimmed);
  const partsOf = (run) => run.split("-").map((part) => part.replace(/^\.+|\.+$/g, ""))
    .flatMap((part) => (/^[\d.]*$/.test(part) && !part.includes("..") ? [part] : part.split(fold.other)))
    .filter(Boolean);
  const runs = (text) => (text.match(fold.run) ?? []).map(trimmed).filter(Boolean);
  const cut = (text) => runs(text).flatMap((run) => pieces(folded(run)))
    .flatMap((piece) => (fold.pair.test(piece) ? [piece] : partsOf(piece)));

  // What is looked for: each term has the words that stand for it, and where it is a name of
  // several parts, its parts.
  const terms = (text) => {
    const found = [];
    for (const run of runs(text)) {
      for (const piece of pieces(folded(run))) {
        const parts = partsOf(piece);
        if (fold.pair.test(piece)) {
          const letters = [...piece];
          const two = letters.slice(1).map((letter, n) => letters[n] + letter);
          const words = two.length > 0 ? two : letters;
          // Together they count as one word.
          for (const word of words) found.push({ typed: word, words: [word], parts: [], share: 1 / words.length });
        } else if (parts.length > 1 && /[-&]|\p{N}/u.test(piece)) {
          found.push({ typed: run, words: [parts.join("")], parts });
        } else {
          for (const word of parts) {
            const other = parts.length === 1 && spread(run);
            found.push({ typed: parts.length === 1 ? run : word, words: other && other !== word ? [word, other] : [word], parts: [] });
          }
        }
      }
    }
    const tells = found.filter((term) => !fold.stop.has(term.words[0]));
    return (tells.length ? tells : found).slice(0, 24);
  };

  // The shards in which a word, or words that begin with it, can stand.
  const keysOf = (word) => {
    const own = meta.shards.filter((key) => word.startsWith(key));
    const longer = meta.shards.filter((key) => key.startsWith(word) && key !== word);
    return [...own, ...longer.slice(0, [...word].length === 1 ? 0 : 6)];
  };

  // Whether a word is a form of a stem: the stem, perhaps its last letter once more, an ending.
  const ending = /^(e|y|i|s|es|ies|ed|er|ers|or|ors|al|ally|ly|ment|ments|ings?|ions?|ati(ng|ons?|ve)|at(e|es|ed|ors?)|abl[ey]|ible|ance|ence|ful|ness|ity)?$/;
  const isForm = (word, stem) => {
    if (stem.length < 3 || !word.startsWith(stem) || /\d/.test(word)) return 0;
    const rest = word.slice(stem.length);
    if (ending.test(rest) || (rest[0] === stem.at(-1) && ending.test(rest.slice(1)))) return 0.4;
    return stem.length > 3 && rest.length < 4 ? 0.3 : 0;
  };
  // How well a stem answers to a word: whole words before beginnings of words.
  const fits = (word, stem, forms, exact) => {
    if (forms.includes(word)) return 1;
    if (exact) return 0;
    const begun = forms.filter((form) => form.startsWith(word)).sort((a, b) => a.length - b.length)[0];
    return begun ? (/\d/.test(stem) ? 0 : 0.2) + (0.4 * word.length) / begun.length : 0;
  };

  // Places of a word: page and section to weight; the forms that it was found by.
  const find = async (word, exact = false) => {
    const keys = exact ? keysOf(word).filter((key) => word.startsWith(key)) : keysOf(word);
    await Promise.all(keys.map(shard));
    const places = new Map();
    const by = new Set();
    const stems = keys.flatMap((key) => shards.get(key) ?? []);
    let found = stems.map(([stem, [forms, hits]]) => [fits(word, stem, forms, exact), forms, hits]);
    // A form that is in no page is found by the others.
    if (!exact && !found.some(([part]) => part === 1)) {
      found = found.map(([part, forms, hits], n) => [part || isForm(word, stems[n][0]), forms, hits]);
    }
    for (const [part, forms, hits] of found.filter(([part]) => part > 0)) {
      for (const form of forms) by.add(form);
      const rare = Math.log(2 + meta.pages / (1 + hits.length / 3));
      for (let at = 0; at < hits.length; at += 3) {
        const key = hits[at] * 65536 + hits[at + 1];
        places.set(key, Math.max(places.get(key) ?? 0, hits[at + 2] * rare * part));
      }
    }
    return { places, by };
  };
  const both = (some, more) => {
    for (const [key, weight] of more.places) some.places.set(key, Math.max(some.places.get(key) ?? 0, weight));
    for (const form of more.by) some.by.add(form);
    return some;
  };
  const any = async (words, exact) => (await Promise.all(words.map((word) => find(word, exact)))).reduce(both);

  // How many letters have to be changed, added, left out or exchanged with the next; `most` and one
  // where there are more.
  const apart = (one, other, most) => {
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, n) => n)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  };
  // The words of the manual that are nearest to one that is not in it.
  const nearest = async (word) => {
    const length = [...word].length;
    const most = length < 3 || /^[\d.]+$/.test(word) || fold.pair.test(word) ? 0 : length < 5 ? 1 : 2;
    if (most === 0) return [];
    const lengths = meta.lengths.filter((one) => Math.abs(one - length) <= most);
    await Promise.all(lengths.map((one) => load(`n-${one}.js`)));
    const found = lengths.flatMap((one) => near.get(one) ?? [])
      .map((other, place) => ({ other, place, far: apart(word, other, most) }))
      .filter(({ far }) => far <= most)
      // A first letter is seldom wrong, and a letter sooner exchanged than lost.
      .map((one) => ({ ...one, far: one.far + (one.other[0] === word[0] ? 0 : 0.5) + Math.abs(one.other.length - word.length) / 4 }))
      .sort((a, b) => a.far - b.far || a.place - b.place);
    return found.filter((one) => one.far === found[0].far).slice(0, 3).map((one) => one.other);
  };
  // Two words that were written as one.
  const halves = async (word) => {
    const starts = keysOf(word).flatMap((key) => shards.get(key) ?? []).flatMap(([, [forms]]) => forms)
      .filter((form) => form.length > 2 && form.length < word.length - 1 && word.startsWith(form))
      .sort((a, b) => b.length - a.length);
    for (const start of [...new Set(starts)].slice(0, 4)) {
      const rest = word.slice(start.length);
      if ((await find(rest, true)).places.size > 0) return [start, rest];
    }
    return [];
  };

  // What a term finds, if need be by its parts, by two words in its place, or by near ones; what
  // was taken in its place is told.
  const answer = async (term, told) => {
    const whole = await any(term.words);
    if (whole.places.size > 0) return [{ ...whole, share: term.share ?? 1 }];
    if (term.parts.length > 0) {
      const each = term.parts.map((part) => answer({ typed: part, words: [part], parts: [] }, told));
      return (await Promise.all(each)).flat();
    }
    const two = await halves(term.words[0]);
    if (two.length > 0) {
      told.push({ typed: term.typed, used: [two.join(" ")] });
      return Promise.all(two.map((word) => find(word, true)));
    }
    const used = await nearest(term.words[0]);
    told.push({ typed: term.typed, used });
    return used.length > 0 ? [await any(used, true)] : [];
  };

  // The pages, best first: those that hold more of the words, and rarer ones, before those that
  // hold fewer. What holds less than a third of what the best one holds is left out.
  const ranked = (answers) => {
    const found = new Map();
    const worth = answers.map(({ places, share = 1 }) => share * Math.log(2 + (3 * meta.pages) / (1 + places.size)));
    answers.forEach(({ places, share = 1 }, n) => {
      for (const [key, full] of places) {
        const weight = full * share;
        const page = Math.floor(key / 65536);
        const section = key % 65536;
        const one = found.get(page) ?? { page, best: answers.map(() => 0), sections: new Map() };
        one.best[n] = Math.max(one.best[n], weight);
        const [held, sum] = one.sections.get(section) ?? [0, 0];
        one.sections.set(section, [held + worth[n], sum + weight]);
        found.set(page, one);
      }
    });
    const all = worth.reduce((sum, one) => sum + one, 0);
    const list = [...found.values()];
    for (const one of list) {
      one.held = one.best.reduce((sum, weight, n) => sum + (weight > 0 ? worth[n] : 0), 0) / all;
      one.score = one.best.reduce((sum, weight) => sum + weight, 0) * one.held ** 3;
    }
    const best = Math.max(0, ...list.map((one) => one.held));
    return list.filter((one) => one.held >= best / 3).sort((a, b) => b.score - a.score || a.page - b.page);
  };

  // The pages whose title has a word that begins with the one letter that was typed.
  const byLetter = async (letter) => {
    const number = letter.codePointAt(0) % 128;
    if (meta.heads.includes(number)) await load(`h-${number.toString(16)}.js`);
    return heads.get(letter);
  };

  api.ask = async (text) => {
    await load("meta.js");
    const asked = meta ? terms(text) : [];
    const told = [];
    if (asked.length === 0) return { found: [], told, all: 0, by: new Set() };
    const [{ words: [only] }] = asked;
    const letter = asked.length === 1 && [...only].length === 1 ? await byLetter(only) : null;
    if (letter) {
      const found = letter[1].map(([page, head]) => ({ page, head: [...head, []], score: 1, sections: new Map() }));
      return { found, told, all: letter[0], by: new Set(), begins: [only] };
    }
    const each = await Promise.all(asked.map((term) => answer(term, told)));
    // Two words that the manual writes as one.
    const glued = asked.slice(1).map((term, n) => find(asked[n].words[0] + term.words[0], true));
    (await Promise.all(glued)).forEach((one, n) => {
      if (one.places.size === 0) return;
      for (const own of [each[n], each[n + 1]]) {
        if (own.length > 0) both(own.at(-1), one);
        else own.push(one);
      }
    });
    const answers = each.flat();
    const found = ranked(answers.filter(({ places }) => places.size > 0));
    const by = new Set(answers.flatMap((one) => [...one.by]));
    const meant = told.reduce((words, { typed, used }) => words.replace(typed, () => used[0] ?? ""), text);
    return { found, told, all: found.length, by, meant, begins: asked.flatMap((term) => [...term.words, ...term.parts]) };
  };

  // What results show of pages: they are loaded, and each gets its own.
  api.show = async (list) => {
    const files = new Set(list.filter((one) => !one.head).map((one) => Math.floor(one.page / meta.each)));
    await Promise.all([...files].map((n) => load(`d-${String(n).padStart(4, "0")}.js`)));
    for (const one of list) one.head ??= pages.get(Math.floor(one.page / meta.each))?.[one.page % meta.each];
    return list.filter((one) => one.head);
  };
  // Whether a title is what was meant, but for stop words.
  const core = (text) => cut(text).filter((word) => !fold.stop.has(word)).join(" ");
  api.isSame = (title, { meant = "" }) => core(title) === core(meant);
  api.isDocument = (one) => one.page < meta.documents;
  api.kinds = () => meta?.kinds ?? [];

  // The parts of a text, and which of them answer to the query.
  api.parts = (text, { by, begins = [] }) => {
    if (!fold) return [{ text, hit: false }];
    const answers = (word) => by.has(word) || begins.some((start) => start.length > 1 && word.startsWith(start));
    const isHit = (run) => {
      const parts = partsOf(run);
      return parts.some(answers) || parts.some((_, from) => answers(parts.slice(from).join("")));
    };
    const out = [];
    const add = (part, hit) => {
      if (out.at(-1)?.hit === hit) out.at(-1).text += part;
      else out.push({ text: part, hit });
    };
    let at = 0;
    for (const run of text.matchAll(fold.run)) {
      add(text.slice(at, run.index), false);
      at = run.index + run[0].length;
      const tail = run[0].slice(run[0].replace(fold.ends, (ends, place) => (place > 0 ? "" : ends)).length);
      for (const piece of run[0].slice(0, run[0].length - tail.length).match(fold.piece) ?? []) {
        const letters = [...piece];
        if (!fold.pair.test(piece)) add(piece, isHit(trimmed(folded(piece))));
        else letters.forEach((letter, n) => {
          const before = n > 0 && by.has(letters[n - 1] + letter);
          add(letter, before || by.has(letter + (letters[n + 1] ?? "")));
        });
      }
      add(tail, false);
    }
    add(text.slice(at), false);
    return out.filter((part) => part.text);
  };

  // For the test that holds both foldings against one table.
  api.cut = async (text) => { await load("meta.js"); return cut(text); };
})();
