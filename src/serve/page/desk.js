// The desk made quick: the same parts as without a script, fetched and put in place.
"use strict";
const WINDOW = 200; // rows that one answer holds
const PATIENCE = 1000; // milliseconds that pictures are waited for
const one = (selector) => document.querySelector(selector);
const list = one("#rows"), scroll = one("#scroll"), filter = one("#filter");
const view = { id: one("main").dataset.id, guides: 0, words: 0, show: "now", since: "", zoom: 100, fit: false };
const turns = { asked: 0, placed: 0 }; // of show()
let fresh = false; // another letter was chosen and does not stand there yet
let rows = new Map(), items = new Map(); // by number; their elements by id
let stood = 0; // the last place of a chosen letter
let total = 0, chosen = -1, asked = new Set(), drawing = 0, known = -1; // known: the drawing that rows are of
let seen = null; // the last event
let closed = false, moved = 0;

document.body.classList.add("live");

function element(name, attributes, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}

/* -- what is said -- */

const message = element("p", { id: "message", role: "status" });
one("aside").prepend(message);

// For who hears: the letter that stands there now, and how a run ended. Never what counts up.
const heard = element("p", { id: "heard", role: "status" });
document.body.append(heard);

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
const countOf = (selector) => document.querySelectorAll(selector).length;

// "kent, 2 pages, 3 notes"; of its changes "1 change".
function sentence() {
	if (view.show === "changes")
		return countOf("#changes ol li") ? counted(countOf("#changes ol li"), "change") : "nothing changed";
	const found = ["error", "warning", "note"].map((kind) => [countOf(`.findings .${kind}`), kind]);
	const facts = countOf("aside .confirm li");
	return [view.id, counted(countOf("#pages :is(img, .undrawn)"), "page"),
		...found.filter(([number]) => number).map(([number, kind]) => counted(number, kind)),
		...(facts ? [`${counted(facts, "fact")} to confirm`] : [])].join(", ");
}

// What a message about the letter is true of: how it is shown, and who has approved it.
const truth = () => `${one("#pages img")?.src.replace(/&r=.*/u, "")} ${one("#approval")?.textContent}`;
let trueOf = ""; // of the message that is shown; "": not known before the letter stands there anew

// What came of an action, beside the buttons, until it is put away, another letter is chosen, or it
// is not true any more.
function say(words, bad = false) {
	trueOf = truth();
	const away = element("button", { type: "button", "aria-label": "Put the message away" }, "✕");
	away.addEventListener("click", () => say(""));
	message.className = bad ? "bad" : "";
	message.setAttribute("role", bad ? "alert" : "status");
	message.replaceChildren(...(words ? [element("span", {}, words), away] : []));
}

// The same of what the letter will show in a moment.
function sayOfNext(words, bad = false) {
	say(words, bad);
	trueOf = "";
}

// Above all, while it lasts; letters are not written meanwhile.
function setAlarm(...content) {
	const words = element("div", {}, ...content), alarm = one("#alarm");
	if (words.textContent !== alarm.textContent)
		alarm.replaceChildren(...words.childNodes);
}

// The letter that stands there stays the chosen one.
function shut() {
	closed = true;
	seen = null;
	view.id = one("main").dataset.id;
	chosen = [...rows].find(([, row]) => row.id === view.id)?.[0] ?? -1;
	fresh = false;
	one("#status").textContent = "";
	one("#progress").hidden = true;
	setAlarm(element("strong", {}, "The desk is closed:"), " what you see may be out of date. ",
		element("em", {}, "start lettermerge serve again, and open the link that it prints"));
	remember(false);
	draw();
}

// Null when nobody answers.
async function ask(address, options) {
	try {
		return await fetch(address, options);
	} catch {
		shut();
		return null;
	}
}

/* -- the address says what is seen -- */

function query(more = {}) {
	const said = { q: one("#q").value, state: one("#state").value, guides: view.guides || "", words: view.words || "", ...more };
	return new URLSearchParams(Object.entries(said).filter(([, value]) => value !== ""));
}

const address = (id) => `letter/${encodeURIComponent(id)}?${query()}`.replace(/\?$/u, "");
const idOf = ({ pathname }) => decodeURIComponent(/letter\/([^/]+)$/u.exec(pathname)?.[1] ?? "");

// Browsers refuse many changes of the address in a short time, such as a key held down makes: it is
// said a moment later, at the latest before the next step.
const unsaid = { address: "", timer: 0 };

function setUnsaid(next) {
	clearTimeout(unsaid.timer);
	Object.assign(unsaid, { address: next, timer: setTimeout(sayAddress, 200) });
}

function sayAddress() {
	if (unsaid.address)
		history.replaceState(null, "", unsaid.address);
	unsaid.address = "";
}

function remember(push) {
	if (push && view.id) {
		sayAddress();
		history.pushState(null, "", address(view.id));
	} else
		setUnsaid(view.id && address(view.id));
}

function setState(state) {
	one("#state").value = state;
	for (const link of one("#states").children) {
		link.removeAttribute("aria-current");
		if (link.dataset.state === state)
			link.setAttribute("aria-current", "true");
	}
}

function readAddress() {
	const said = new URLSearchParams(location.search);
	view.guides = Number(said.get("guides") === "1");
	view.words = Number(said.get("words") === "1");
	view.show = (one("#versions") && ["before", "changes"].find((show) => said.get(show) === "1")) ?? "now";
	view.since = said.get("since") ?? "";
	one("#q").value = said.get("q") ?? "";
	setState(said.get("state") ?? "");
}
addEventListener("popstate", () => {
	setUnsaid("");
	readAddress();
	view.id = idOf(location);
	fresh = true;
	renewRows(true);
	show();
});

/* -- the list -- */

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

/* -- the letter -- */

// Whether the chosen letter stands there with all its pictures. Whether it is still like that is the
// desk's to say: each button carries which letter was shown.
const stands = () => one("main").dataset.id === view.id &&
	[...document.querySelectorAll("#pages img:not([loading=lazy])")].every((image) => image.complete);

// As it is now. The pictures are there before they are shown, if that takes no second, and in one
// letter the place is kept.
// Several may be under way: an earlier one never replaces a later one.
async function show() {
	const { id, show: wanted, since } = view, turn = ++turns.asked;
	const how = wanted === "now" ? {} : { [wanted]: 1, since };
	const answer = await ask(`part/${encodeURIComponent(id)}?${query(how)}`);
	const late = () => closed || id !== view.id || wanted !== view.show || since !== view.since || turn < turns.placed;
	if (!answer || late())
		return;
	if (answer.status === 404 && id) {
		turns.placed = turn;
		sayGone(id);
		return;
	}
	const part = new DOMParser().parseFromString(
		`<base href="${document.baseURI}">${await answer.text()}`, "text/html");
	const main = document.adoptNode(part.querySelector("main"));
	const side = document.adoptNode(part.querySelector("aside"));
	sharpen(main);
	await drawn(main);
	if (late())
		return;
	turns.placed = turn;
	view.id = main.dataset.id;
	setAlarm(...part.querySelector("#alarm").childNodes);
	place(main, side);
	if (fresh || heard.textContent !== sentence())
		heard.textContent = sentence();
	fresh = false;
	document.title = `${view.id} – Proof desk`;
}

// Its record is gone, perhaps for a moment: what is shown stays, and is no letter to approve.
function sayGone(id) {
	const shown = one("main").dataset.id === id;
	one("main").dataset.id = "";
	one("#decision")?.replaceChildren();
	say(`${id} is not among the letters any more${shown ? ": what you see is how it was" : ""}`, true);
	trueOf = "as long as it is gone";
}

const controls = () => [...document.querySelectorAll(":is(main, aside) :is([data-set], [data-step])")];
const keyOf = ({ dataset }) => dataset.set ?? dataset.step;
const heirs = { approve: "withdraw", withdraw: "approve" };

const drafts = new Map(); // what was written of a letter and not said yet
document.addEventListener("input", ({ target }) => target.id === "words" && drafts.set(one("main").dataset.id, target.value));

let lost = null; // what had the focus and is not there while its letter is looked up

// The focus goes to the same button, or to the one in its place, as soon as there is one.
function place(main, side) {
	const [oldMain, oldSide, focus] = [one("main"), one("aside"), document.activeElement];
	const region = focus.closest("main, aside"), inMessage = message.contains(focus);
	const key = keyOf(focus) ?? (focus === region ? lost : null);
	const { selectionStart, selectionEnd } = focus;
	const [left, top, sideTop] = [oldMain.scrollLeft, oldMain.scrollTop, oldSide.scrollTop];
	keepTyped(oldMain.dataset.id);
	oldMain.dataset.id = main.dataset.id;
	oldMain.replaceChildren(...main.childNodes);
	while (message.nextSibling)
		message.nextSibling.remove();
	oldSide.append(...side.childNodes);
	if (one("#words"))
		one("#words").value = drafts.get(main.dataset.id) ?? "";
	putTyped(main.dataset.id);
	addTools();
	if (trueOf && trueOf !== truth())
		say("");
	trueOf = truth();
	oldMain.scrollTo(fresh ? 0 : left, fresh ? 0 : top);
	oldSide.scrollTop = fresh ? 0 : sideTop;
	if (fresh && scrollY > oldMain.offsetTop)
		oldMain.scrollIntoView();
	const find = (key) => key && controls().find((control) => keyOf(control) === key);
	const control = find(key) ?? find(heirs[key]);
	lost = control ? null : key;
	if (region && !inMessage && !oldSide.contains(document.activeElement))
		(control ?? region).focus({ preventScroll: true });
	if (key === "words" && key === control?.dataset.set)
		control.setSelectionRange(selectionStart, selectionEnd);
}

const SHARP = [144, 216, 288, 432, 576]; // dots per inch that pages are drawn in

// As many dots as the screen has, where a page is as large as it is now.
function dotsPerInch(image) {
	const need = (0.46 * view.zoom * rem() * devicePixelRatio) / (image.getAttribute("width") / 96);
	return SHARP.find((dots) => dots >= need * 0.99) ?? SHARP.at(-1);
}

function putSharper(image, next) {
	if (!image.isConnected)
		return;
	image.replaceWith(next);
	sharpen(document); // it may have grown meanwhile
}

// Pictures that are there stay until sharper ones have come.
function sharpen(part) {
	for (const image of part.querySelectorAll("#pages img")) {
		const dots = dotsPerInch(image), next = part === document ? image.cloneNode() : image;
		if (Number(/r=(\d+)$/u.exec(image.src)[1]) >= dots)
			continue;
		const waits = image.loading === "lazy" && !image.complete; // nobody has seen it yet
		(waits ? image : next).src = image.src.replace(/r=\d+$/u, `r=${dots}`);
		next.loading = next === image || waits ? image.loading : "eager";
		if (next !== image && !waits)
			next.decode().then(() => putSharper(image, next)).catch(() => 0);
	}
}

// A page that could not be drawn gives its place to the words why.
async function sayWhy(image) {
	const answer = await ask(image.src);
	if (answer && !answer.ok)
		image.replaceWith(element("p", { class: "undrawn" }, `${image.alt} could not be drawn: ${await answer.text()}`));
}

// What was found is not kept waiting by a picture that takes long.
const drawn = (part) => Promise.race([
	Promise.all([...part.querySelectorAll("#pages img:not([loading=lazy])")].map((image) => image.decode().catch(() => sayWhy(image)))),
	new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
document.addEventListener("error", ({ target }) => target.matches?.("#pages img[loading=lazy]") && sayWhy(target), true);
addEventListener("beforeprint", () => document.querySelectorAll("#pages img").forEach((image) => { image.loading = "eager"; }));

/* -- tools -- */

// The percentage at which a page is as wide as the window lets it. Two beside each other shrink to
// its width by themselves.
function widest() {
	const edges = 2 * parseFloat(getComputedStyle(one("#pages")).paddingLeft);
	const shared = !isNarrow() && one("#thumbs, #text"); // with what stands at the sides of the pages
	const room = (one(shared ? "#pages" : "main").clientWidth - edges) / rem();
	return one(".compare .was")?.clientWidth ? Math.max(100, Math.floor((room - 1.25) / 0.92))
		: Math.floor(room / 0.46);
}

// What scrolls is a stop of the Tab key.
function makeReachable(part) {
	if (part?.scrollWidth > part?.clientWidth || part?.scrollHeight > part?.clientHeight)
		part.tabIndex = 0;
	else
		part?.removeAttribute("tabindex");
}

const flow = () => (isNarrow() ? document.scrollingElement : one("main")); // what scrolls the pages

// The page in the middle of the window, and where in it that is, as shares of it.
function middle() {
	const { left, top, width, height } = isNarrow() ? { left: 0, top: 0, width: innerWidth, height: innerHeight }
		: one("main").getBoundingClientRect();
	const at = { x: left + width / 2, y: top + height / 2 };
	const pages = [...document.querySelectorAll("#pages :is(img, .undrawn)")];
	const page = pages.find((one) => one.getBoundingClientRect().bottom > at.y) ?? pages.at(-1);
	const box = page?.getBoundingClientRect();
	return box && { page, at, x: (at.x - box.left) / box.width, y: (at.y - box.top) / box.height };
}

function keepMiddle(kept) {
	for (const part of kept ? [one("#pages"), flow()] : []) {
		const box = kept.page.getBoundingClientRect();
		part.scrollBy(box.left + kept.x * box.width - kept.at.x, box.top + kept.y * box.height - kept.at.y);
	}
}

// For this tab, until it is closed; a browser may keep nothing.
function kept(zoom) {
	try {
		if (zoom)
			sessionStorage.setItem("zoom", zoom);
		return sessionStorage.getItem("zoom");
	} catch {
		return null;
	}
}

function setZoom(percent, fit = false) {
	const stays = percent === view.zoom ? null : middle();
	if (stays || fit !== view.fit)
		kept(fit ? "fit" : percent);
	view.zoom = Math.min(300, Math.max(20, percent));
	view.fit = fit;
	const pages = one("#pages");
	one("main").style.setProperty("--zoom", `${0.46 * view.zoom}rem`);
	keepMiddle(stays);
	const said = one("#zoom");
	if (said)
		said.textContent = `${view.zoom} %`;
	sharpen(document);
	one("[data-set=width]")?.setAttribute("aria-pressed", fit);
	makeReachable(pages);
	makeReachable(one("#approval ul"));
}

const fitWidth = () => one("#pages") && setZoom(widest(), true);
const zoomHome = () => ((isNarrow() || one("#text")) && one("#pages") && widest() < 100 ? fitWidth() : setZoom(100));

// By 20, and on the way the one that suits the window.
function zoomBy(step) {
	const next = 20 * (step > 0 ? Math.floor(view.zoom / 20) + 1 : Math.ceil(view.zoom / 20) - 1);
	const fit = one("#pages") ? widest() : next;
	const between = step > 0 ? fit > view.zoom && fit < next : fit < view.zoom && fit > next;
	setZoom(between ? fit : next, between);
}

function setShow(what) {
	if (what !== "now" && !one(`#versions [data-set=${what}]`))
		return;
	view.show = view.show === what ? "now" : what;
	show();
}

// Beside the pages there may be room for narrower ones alone.
async function toggleWords() {
	view.words = 1 - view.words;
	remember(false);
	await show();
	zoomHome();
}

function toggleGuides() {
	view.guides = 1 - view.guides;
	remember(false);
	show();
}

function addTools() {
	const tools = one(".tools");
	if (!tools)
		return;
	const button = (name, label, act, key = label) => {
		const made = element("button", { type: "button", "aria-label": label, title: label, "data-set": key }, name);
		made.addEventListener("click", act);
		return made;
	};
	tools.insertBefore(element("span", { class: "group" },
		button("−", "Smaller", () => zoomBy(-1)),
		element("span", { id: "zoom" }),
		button("+", "Larger", () => zoomBy(1)),
		button("Fit", "Fit: as wide as the window", () => (view.fit ? zoomHome() : fitWidth()), "width")),
	tools.querySelector(".download"));
	const versions = one("#versions");
	if (versions) {
		for (const link of versions.children)
			link.toggleAttribute("aria-current", false);
		versions.querySelector(`[data-set=${view.show}]`)?.setAttribute("aria-current", "true");
	}
	if (view.fit)
		fitWidth();
	else
		setZoom(view.zoom);
	markPage();
}

// The layout goes by the size of the text, which a media query does not know: in one column, with
// the list folded away or beside it.
const layouts = ["(max-width: 70rem)", "(max-width: 62.49rem)", "(min-width: 62.5rem) and (max-width: 70rem)"].map(
	(media) => [...document.styleSheets[0].cssRules].find((rule) => rule.media?.mediaText === media));
const isNarrow = () => innerWidth <= 70 * rem();
const isFolded = () => innerWidth < 62.5 * rem();

let layout = null;

function zoomAsKept() {
	const zoom = kept();
	if (zoom === "fit")
		fitWidth();
	else if (zoom)
		setZoom(Number(zoom));
	else
		zoomHome();
}

function adapt() {
	const now = [isNarrow(), isFolded(), isNarrow() && !isFolded()], old = layout;
	layout = now.join();
	if (old !== layout) {
		layouts.forEach((rule, i) => { rule.media.mediaText = now[i] ? "all" : "not all"; });
		(old ? zoomHome : zoomAsKept)();
	} else if (view.fit)
		fitWidth();
	draw();
}

// Which page one looks at.
function markPage() {
	if (!one("#thumbs"))
		return;
	const line = isNarrow() ? innerHeight / 3 : one("main").getBoundingClientRect().top + one("main").clientHeight / 3;
	const above = [...document.querySelectorAll("#pages > span")].filter((span) => span.getBoundingClientRect().top < line);
	for (const link of document.querySelectorAll("#thumbs a")) {
		const here = Number(link.dataset.page) === Math.max(1, above.length);
		if (here && !link.hasAttribute("aria-current"))
			one("#thumbs").scrollTop = link.offsetTop - one("#thumbs").clientHeight / 2;
		link.toggleAttribute("aria-current", false);
		if (here)
			link.setAttribute("aria-current", "true");
	}
}
document.addEventListener("scroll", () => requestAnimationFrame(markPage), { capture: true, passive: true });

/* -- keys and clicks -- */

function openFilter() {
	one("#fold").checked = true;
	one("#q").focus();
}

let onward = false; // once it is approved, to the next letter

function approve(next) {
	const button = one("[data-set=approve]");
	onward = next;
	if (button)
		button.click();
	else if (next && one("[data-set=withdraw]"))
		move(1);
	else
		say(whyNot(), true);
}

// Why nothing can be approved.
function whyNot() {
	if (one("[data-set=withdraw]"))
		return `You have approved ${view.id} already, as it is`;
	if (view.show === "before")
		return "This is how the letter was: go back to Now, then approve it";
	return one("#approval p")?.textContent || `${view.id} is not among the letters, so it cannot be approved`;
}

function sayWhatIsWrong() {
	if (one("#words"))
		one("#words").focus();
	else
		say(whyNot(), true);
}

const turnPage = (step) => flow().scrollBy({ top: step * 0.85 * flow().clientHeight });
const keys = {
	j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
	"+": () => zoomBy(1), "-": () => zoomBy(-1), 0: zoomHome, w: fitWidth,
	g: toggleGuides, b: () => setShow("before"), c: () => setShow("changes"),
	PageDown: () => turnPage(1), PageUp: () => turnPage(-1), " ": () => turnPage(1), t: toggleWords,
	"/": openFilter, Escape: () => say(""),
	a: () => approve(false), A: () => approve(true), r: sayWhatIsWrong,
};
const listKeys = { Home: () => move(-total), End: () => move(total) };
const scrolling = ["PageDown", "PageUp", " "];

function actOf(event) {
	if (event.key.startsWith("Arrow") && !list.contains(event.target) &&
		(isNarrow() || event.target.closest("main, aside")))
		return undefined; // they scroll
	if (scrolling.includes(event.key) && event.target.closest("aside, button, summary, input"))
		return undefined; // they do what they do there
	if (event.key === " " && event.shiftKey)
		return keys.PageUp;
	const map = Object.hasOwn(keys, event.key) ? keys : list.contains(event.target) ? listKeys : {};
	return Object.hasOwn(map, event.key) ? map[event.key] : undefined;
}

document.addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.altKey || event.metaKey)
		return;
	const field = event.target.closest("input:not([type=checkbox]), textarea, select");
	const act = field ? field.id === "q" && event.key === "Escape" && endSearch : actOf(event);
	if (!act)
		return;
	event.preventDefault();
	act();
});

const sets = { guides: toggleGuides, text: toggleWords, changes: () => setShow("changes"),
	before: () => view.show !== "before" && setShow("before"),
	now: () => view.show !== "now" && setShow("now"),
	main: () => one("main").focus(), say: sayWhatIsWrong, side: () => one("aside").focus(), all: showAll };
document.addEventListener("click", (event) => {
	const link = event.target.closest("a");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	if (list.contains(link))
		choose(idOf(link), Number(link.parentElement.getAttribute("aria-posinset")) - 1);
	else if (link.dataset.since !== undefined) {
		view.since = link.dataset.since;
		show();
	} else if (link.dataset.step)
		move(Number(link.dataset.step));
	else if (link.dataset.page)
		one(`#page-${link.dataset.page}`).scrollIntoView();
	else if (Object.hasOwn(sets, link.dataset.set ?? ""))
		sets[link.dataset.set]();
	else if (link.dataset.state !== undefined)
		filterBy(one("#q").value, link.dataset.state);
	else if (link.dataset.find !== undefined)
		find(link.dataset.find);
	else
		return;
	event.preventDefault();
});

// From the top, or, with seek, where the chosen letter is.
function filterBy(words, state, seek = false) {
	one("#q").value = words;
	setState(state);
	remember(false);
	if (!seek)
		scroll.scrollTop = 0;
	return renewRows(seek);
}
const find = (words, seek) => filterBy(words, one("#state").value, seek);
const focusList = () => list.querySelector("[tabindex='0']")?.focus({ preventScroll: true });

async function endSearch() {
	await find("", true);
	focusList();
}
function showAll() {
	filterBy("", "", true);
	one("#q").focus();
}
filter.addEventListener("input", () => find(one("#q").value));
filter.addEventListener("submit", async (event) => { // the first that was found
	const words = one("#q").value;
	event.preventDefault();
	await find(words);
	if (words !== one("#q").value)
		return; // others are looked for by now
	if (!total) {
		one("#found p").append(one("#found p").firstChild); // is said again
		return;
	}
	focusList();
	chosen = -1;
	move(1);
});
scroll.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
one("#fold").addEventListener("change", () => {
	bringIntoSight(chosen);
	draw();
});

let unsure = ""; // what has to be said twice, and was said once

const done = { approve: (by) => `Approved as ${by}`, withdraw: () => "Withdrawn", reject: (by) => `Rejected as ${by}`,
	comment: (by) => `Commented as ${by}`, answer: (by) => `Answered as ${by}` };

// Approve, withdraw, write: what the answer says is said. What nobody has seen is not approved.
document.addEventListener("submit", async (event) => {
	const form = event.target, { id } = view, by = one(".by b")?.textContent ?? "you";
	if (!form.matches(".act"))
		return;
	event.preventDefault();
	const next = onward;
	onward = false;
	const button = event.submitter ?? form.querySelector("button"), what = button.dataset.set;
	const action = button.hasAttribute("formaction") ? button.formAction : form.action;
	if (what && !stands()) {
		sayOfNext(`${id} was not there yet: look at it, then say it again`, true);
		return;
	}
	const again = unsure === action, body = new URLSearchParams(new FormData(form));
	const answer = await ask(action + (again ? "&sure=1" : ""), { method: "POST", redirect: "manual", body });
	unsure = answer?.status === 428 ? action : "";
	if (answer?.type === "opaqueredirect" && body.has("text")) {
		drafts.delete(id);
		form.reset();
	}
	if (!answer)
		return;
	if (answer.type !== "opaqueredirect")
		sayOfNext(await sentenceOf(answer), true);
	else if (what && next && id === view.id && chosen < total - 1) {
		await move(1);
		sayOfNext(`${done[what](by)}: ${id}`);
		return;
	} else if (what)
		sayOfNext(`${done[what](by)}: ${id}`);
	show();
});

async function sentenceOf(answer) {
	const text = await answer.text();
	const part = new DOMParser().parseFromString(text, "text/html");
	return (part.querySelector("p") ?? part.body).textContent.trim();
}

/* -- news -- */

const said = { work: false, words: "" };

function showNews(news) {
	one("#status").textContent = news.status;
	const write = one("#write");
	if (write) {
		write.textContent = news.write;
		write.className = news.primary ? "primary" : "";
		one("#report").hidden = !news.report;
	}
	if (!news.busy && said.work && said.words !== news.status)
		heard.textContent = said.words = news.status;
	said.work = news.busy;
	const progress = one("#progress");
	progress.hidden = !news.busy || news.total <= 0;
	progress.max = Math.max(1, news.total);
	progress.value = news.done;
}

readAddress();
addTools();
adapt();
new ResizeObserver(adapt).observe(one("header")); // of the window, of the text
new ResizeObserver(keepInSight).observe(scroll);
addEventListener("resize", adapt);
renewRows(true);
drawn(document);
const events = new EventSource("events");
events.addEventListener("message", (event) => {
	const news = JSON.parse(event.data), old = seen;
	seen = news;
	showNews(news);
	if (closed || (old ? old.version !== news.version || old.listed !== news.listed : !one("#pages"))) {
		closed = false;
		show();
	}
	if (old?.listed !== news.listed)
		renewRows(!old);
});
events.addEventListener("error", shut);
