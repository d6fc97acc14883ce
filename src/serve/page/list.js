// list.js - the rows: those in sight are fetched and drawn, one of them is chosen.

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const ROW = 3.9; // rem, as in desk.css
const rowHeight = () => ROW * rem();

// What was found and, where nothing was, what may have been meant.
function showFound({ found, near }) {
	one("#found").hidden = !found;
	one("#found p").textContent = found;
	one("#near").hidden = near.length === 0;
	one("#near").replaceChildren("Did you mean", ...near.flatMap((words, i) => [i ? " or " : " ",
		element("a", { href: `./?q=${encodeURIComponent(words)}`, "data-find": words }, words)]), "?");
}

async function fetchRows(from) {
	if (asked.has(from))
		return;
	asked.add(from);
	const key = drawing, { id } = view;
	const answer = await (await ask(`rows?${query({ from, id })}`))?.json();
	if (!answer || key !== drawing)
		return;
	if (known !== key)
		rows = new Map();
	known = key;
	answer.rows.forEach((row, i) => rows.set(from + i, row));
	({ total } = answer);
	if (id === view.id)
		({ chosen } = answer);
	stood = chosen >= 0 ? chosen : stood;
	showFound(answer);
	[...one("#states").querySelectorAll("b")].forEach((count, i) => { count.textContent = answer.counts[i]; });
	list.style.height = `${ROW * total}rem`;
	if (seeking)
		bringIntoSight(chosen);
	seeking = false;
	draw();
}

function rowContent({ id, name, place, pages, state: [sign, word], marks }) {
	const span = (what, ...content) => element("span", { class: what }, ...content);
	const count = pages ? ` · ${pages} page${pages === 1 ? "" : "s"}` : "";
	const whom = place ? [span("name", `${name},`), " ", span("place", place)] : [span("name", name)];
	return [span(sign), span("whom", ...whom), " ", span("about", span("id", id), `${count} · ${word}`), " ",
		span("stances", ...marks.flatMap(([what, words]) => [span(what), `${words} `]))];
}

// The element of a row stays the same, so that the focus stays in it.
function rowElement(row, at) {
	const item = items.get(row.id) ?? element("li", {}, element("a", {}));
	const [link] = item.children, key = JSON.stringify(row);
	if (item.dataset.key !== key)
		link.replaceChildren(...rowContent(row));
	item.dataset.key = key;
	link.href = address(row.id);
	link.toggleAttribute("aria-current", false);
	if (row.id === view.id)
		link.setAttribute("aria-current", "true");
	item.setAttribute("aria-setsize", total);
	item.setAttribute("aria-posinset", at + 1);
	item.style.setProperty("--at", at);
	return item;
}

// Only the rows in sight, some around them, and the chosen one are in the page. The list is one stop
// of the Tab key: that one.
function draw() {
	const from = Math.max(0, Math.floor(scroll.scrollTop / rowHeight()) - 10);
	const to = from + Math.ceil(scroll.clientHeight / rowHeight()) + 20;
	const numbers = new Set([chosen]), old = items, focused = list.contains(document.activeElement);
	for (let at = from; at < to; at++)
		numbers.add(at);
	const made = [];
	for (const at of [...numbers].filter((n) => n >= 0 && n < total).sort((a, b) => a - b))
		if (rows.has(at))
			made.push([rows.get(at).id, rowElement(rows.get(at), at)]);
		else
			fetchRows(Math.floor(at / WINDOW) * WINDOW);
	if (!made.length && known !== drawing)
		return;
	items = new Map(made);
	const wanted = [...items.values()];
	const stop = items.get(view.id) ?? wanted[0];
	for (const item of wanted)
		item.firstChild.tabIndex = item === stop ? 0 : -1;
	putInOrder(wanted);
	if (focused)
		stop?.firstChild.focus({ preventScroll: true });
}

function putInOrder(wanted) {
	for (const item of [...list.children])
		if (!wanted.includes(item))
			item.remove();
	wanted.forEach((item, i) => list.children[i] === item || list.insertBefore(item, list.children[i] ?? null));
}

let seeking = false; // the chosen row is brought into sight with the next rows
let newest = null;

// The rows that are there stay until the first new ones are; if others are asked for meanwhile, until
// the first of those are.
async function renewRows(seek = false) {
	asked = new Set();
	drawing++;
	seeking ||= seek;
	newest = fetchRows(Math.floor(Math.floor(scroll.scrollTop / rowHeight()) / WINDOW) * WINDOW);
	while (known !== drawing && !closed)
		await newest;
}

function bringIntoSight(at) {
	const height = rowHeight();
	if (at >= 0 && at * height < scroll.scrollTop)
		scroll.scrollTop = at * height;
	if ((at + 1) * height > scroll.scrollTop + scroll.clientHeight)
		scroll.scrollTop = (at + 1) * height - scroll.clientHeight;
}

let sight = 0; // the height of the list when it was last looked at

// The chosen row stays in sight when the window, or what stands above the list, changes.
function keepInSight() {
	const bottom = (chosen + 1) * rowHeight() - scroll.scrollTop;
	if (bottom > 0 && bottom <= sight + 1)
		bringIntoSight(chosen);
	sight = scroll.clientHeight;
	draw();
}

// Moves that follow one another within a second are one step back.
async function move(step) {
	const from = chosen >= 0 ? chosen : stood - (step > 0 ? 1 : 0); // what was chosen may be gone
	const at = Math.min(total - 1, Math.max(0, from + step));
	if (closed || at < 0 || at === chosen)
		return;
	const push = Date.now() - moved > 1000;
	moved = Date.now();
	bringIntoSight(at);
	if (!rows.has(at))
		await fetchRows(Math.floor(at / WINDOW) * WINDOW);
	if (rows.has(at))
		choose(rows.get(at).id, at, push);
}

function choose(id, at, push = true) {
	if (closed)
		return;
	const other = id !== view.id;
	Object.assign(view, { id, show: "now", since: "" });
	chosen = stood = at;
	fresh = true;
	say("");
	one("#fold").checked = false;
	remember(push && other);
	draw();
	show();
}
